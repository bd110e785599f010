#include "core/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace portdrought::core {
namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;

Histogram of(const std::vector<std::int64_t>& values_ns) {
    Histogram histogram;
    for (const std::int64_t value : values_ns) histogram.add(nanoseconds{value});
    return histogram;
}

std::vector<std::int64_t> log_uniform(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> exponent(0, 42.9);
    std::vector<std::int64_t> values;
    while (values.size() < count) values.push_back(static_cast<std::int64_t>(std::exp2(exponent(random))));
    return values;
}

TEST(Histogram, KnowsNothingWhenEmpty) {
    const Histogram histogram;
    EXPECT_EQ(histogram.count(), 0U);
    EXPECT_EQ(histogram.quantile(0.5), nanoseconds{0});
    EXPECT_EQ(histogram.min(), nanoseconds{0});
    EXPECT_EQ(histogram.max(), nanoseconds{0});
    EXPECT_TRUE(histogram.buckets().empty());
}

TEST(Histogram, GivesSmallValuesBackExactly) {
    std::vector<std::int64_t> values;
    for (std::int64_t value = 0; value < 128; ++value) values.push_back(value);
    const Histogram histogram = of(values);
    for (std::int64_t value = 0; value < 128; ++value)
        EXPECT_EQ(histogram.quantile(static_cast<double>(value + 1) / 128), nanoseconds{value});
}

TEST(Histogram, QuantilesAreNeverBelowTheTruthAndAtMostOne64thAbove) {
    auto values = log_uniform(20'000, 1);
    const Histogram histogram = of(values);
    std::ranges::sort(values);
    for (std::size_t rank = 1; rank <= values.size(); rank += 7) {
        const auto truth = static_cast<double>(values[rank - 1]);
        const auto told = histogram.quantile(static_cast<double>(rank) / static_cast<double>(values.size()));
        EXPECT_GE(static_cast<double>(told.count()), truth);
        EXPECT_LE(static_cast<double>(told.count()), truth * (1 + 1.0 / 64)) << "rank " << rank;
    }
}

// 0.55 x 100 is 55.000000000000007 in binary; the 56th value would be one rank too high.
TEST(Histogram, TakesTheRankThatTheFractionMeansDespiteRounding) {
    std::vector<std::int64_t> values;
    for (std::int64_t value = 1; value <= 100; ++value) values.push_back(value);
    const Histogram histogram = of(values);
    for (int percent = 1; percent <= 100; ++percent) EXPECT_EQ(histogram.quantile(percent / 100.0).count(), percent);
}

TEST(Histogram, ClampsQuantilesToTheValuesSeen) {
    const Histogram histogram = of({1'000'003});
    EXPECT_EQ(histogram.quantile(0), nanoseconds{1'000'003});
    EXPECT_EQ(histogram.quantile(1), nanoseconds{1'000'003});
    EXPECT_EQ(histogram.quantile(-3), nanoseconds{1'000'003});
    EXPECT_EQ(histogram.quantile(7), nanoseconds{1'000'003});
}

TEST(Histogram, CountsNegativeValuesAsZero) {
    const Histogram histogram = of({-5, -1});
    EXPECT_EQ(histogram.min(), nanoseconds{0});
    EXPECT_EQ(histogram.max(), nanoseconds{0});
    EXPECT_EQ(histogram.sum(), nanoseconds{0});
}

TEST(Histogram, KeepsTheExactMaximumOfValuesPastItsRange) {
    Histogram histogram;
    histogram.add(nanoseconds{1});
    histogram.add(hours{100});
    EXPECT_EQ(histogram.max(), hours{100});
    EXPECT_EQ(histogram.quantile(1), hours{100});
    EXPECT_EQ(histogram.quantile(0.5), nanoseconds{1});
}

TEST(Histogram, MergingIsTheSameAsAddingEverythingToOne) {
    const auto left = log_uniform(5'000, 2), right = log_uniform(3'000, 3);
    auto both = left;
    both.insert(both.end(), right.begin(), right.end());
    Histogram merged = of(left);
    merged.merge(of(right));
    merged.merge(Histogram{});
    EXPECT_EQ(merged, of(both));
    Histogram from_empty;
    from_empty.merge(of(both));
    EXPECT_EQ(from_empty, of(both));
}

TEST(Histogram, ComesBackUnchangedFromItsBuckets) {
    auto values = log_uniform(5'000, 4);
    values.push_back(std::int64_t{1} << 50);  // in the bucket for everything past the range
    const Histogram histogram = of(values);
    EXPECT_EQ(Histogram::from_buckets(histogram.buckets(), histogram.min(), histogram.max(), histogram.sum()),
              histogram);
    EXPECT_EQ(Histogram::from_buckets({}, {}, {}, {}), Histogram{});
}

TEST(Histogram, ListsItsBucketsInRisingOrderWithEveryValueCounted) {
    const auto buckets = of(log_uniform(5'000, 5)).buckets();
    std::uint64_t total = 0;
    for (const auto& bucket : buckets) total += bucket.count;
    EXPECT_EQ(total, 5'000U);
    EXPECT_TRUE(std::ranges::is_sorted(buckets, std::less<>{}, &Histogram::Bucket::upper));
    EXPECT_EQ(std::ranges::adjacent_find(buckets, std::equal_to<>{}, &Histogram::Bucket::upper), buckets.end());
}

}  // namespace
}  // namespace portdrought::core
