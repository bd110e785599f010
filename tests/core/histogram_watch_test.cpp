#include "core/histogram_watch.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

namespace portdrought::core {
namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;

constexpr std::array fractions{0.0, 0.01, 0.5, 0.9, 0.99, 1.0};

std::vector<Duration> latencies(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> microseconds(3, 2);
    std::vector<Duration> values;
    while (values.size() < count) values.push_back(from_seconds(microseconds(random) * 1e-6));
    return values;
}

void expect_same(const SparseHistogram& merged, const Histogram& whole) {
    EXPECT_EQ(merged.count(), whole.count());
    EXPECT_EQ(merged.max(), whole.max());
    for (const double fraction : fractions) EXPECT_EQ(merged.quantile(fraction), whole.quantile(fraction)) << fraction;
}

TEST(HistogramWatch, TellsNothingOfAnEmptyHistogram) {
    const Histogram histogram;
    const SparseHistogram part = HistogramWatch(histogram).take_new();
    EXPECT_TRUE(part.is_empty());
    EXPECT_EQ(part.count(), 0U);
    EXPECT_EQ(part.max(), nanoseconds{0});
    EXPECT_EQ(part.quantile(0.5), nanoseconds{0});
}

TEST(HistogramWatch, TellsEachValueOnce) {
    Histogram histogram;
    HistogramWatch watch(histogram);
    for (int i = 0; i < 3; ++i) histogram.add(nanoseconds{100});
    EXPECT_EQ(watch.take_new().count(), 3U);
    EXPECT_TRUE(watch.take_new().is_empty());
    histogram.add(nanoseconds{100});
    histogram.add(nanoseconds{7});
    const SparseHistogram part = watch.take_new();
    EXPECT_EQ(part.count(), 2U);
    EXPECT_EQ(part.quantile(0.5), nanoseconds{7});
    EXPECT_EQ(part.max(), nanoseconds{100});
}

TEST(HistogramWatch, PartsMergeToTheWholeInAnyOrder) {
    Histogram histogram;
    HistogramWatch watch(histogram);
    SparseHistogram forwards, backwards;
    std::size_t i = 0;
    for (const Duration value : latencies(20'000, 1)) {
        histogram.add(value);
        if (++i % 777 != 0) continue;
        SparseHistogram part = watch.take_new();
        forwards.merge(part);
        part.merge(backwards);
        backwards = part;
    }
    const SparseHistogram last = watch.take_new();
    forwards.merge(last);
    backwards.merge(last);
    expect_same(forwards, histogram);
    expect_same(backwards, histogram);
}

TEST(HistogramWatch, TheMaximumOfAPartIsExactWhereItIsTheHighestSoFarElseABucketTooHighAtMost) {
    Histogram histogram;
    HistogramWatch watch(histogram);
    histogram.add(nanoseconds{1'000'003});
    EXPECT_EQ(watch.take_new().max(), nanoseconds{1'000'003});
    histogram.add(nanoseconds{300'007});
    const Duration lower = watch.take_new().max();
    EXPECT_GE(lower, nanoseconds{300'007});
    EXPECT_LE(lower, nanoseconds{300'007 + 300'007 / 64 + 1});
    histogram.add(nanoseconds{1'000'001});
    EXPECT_EQ(watch.take_new().max(), nanoseconds{1'000'003}) << "no bucket reaches beyond the highest value";
}

TEST(HistogramWatch, KnowsWhatIsBeyondTheLastBucket) {
    Histogram histogram;
    HistogramWatch watch(histogram);
    histogram.add(hours{30});
    const SparseHistogram part = watch.take_new();
    EXPECT_EQ(part.max(), hours{30});
    EXPECT_EQ(part.quantile(0.5), hours{30});
}

TEST(HistogramWatch, LosesNothingWhileTheWriterGoesOn) {
    Histogram histogram;
    HistogramWatch watch(histogram);
    const std::vector<Duration> values = latencies(300'000, 2);
    SparseHistogram merged;
    std::size_t parts = 0;
    std::atomic<bool> is_done{false};
    {
        const std::jthread writer([&] {
            for (const Duration value : values) histogram.add(value);
            is_done = true;
        });
        for (; !is_done; ++parts) merged.merge(watch.take_new());
    }
    merged.merge(watch.take_new());
    EXPECT_GT(parts, 0U);
    expect_same(merged, histogram);
}

}  // namespace
}  // namespace portdrought::core
