#include "record/sample_series.hpp"

#include <gtest/gtest.h>

#include <random>

#include "core/histogram_watch.hpp"

namespace portdrought::record {
namespace {

Sample at(double t_s, std::optional<std::uint64_t> census = {}) {
    Sample sample;
    sample.t_s = t_s;
    sample.time_wait_client = sample.ports_in_use = census;
    return sample;
}

void expect_rising(const std::vector<Sample>& samples) {
    for (std::size_t i = 1; i < samples.size(); ++i) ASSERT_LT(samples[i - 1].t_s, samples[i].t_s);
}

TEST(SampleSeries, KeepsEverythingUpToTheBound) {
    SampleSeries series(64);
    for (int i = 0; i < 64; ++i) series.add(at(i));
    ASSERT_EQ(series.samples().size(), 64U);
    EXPECT_EQ(series.samples()[17].t_s, 17);
}

TEST(SampleSeries, NeverExceedsTheBoundAndStaysEven) {
    SampleSeries series(64);
    for (int i = 0; i < 20'000; ++i) {
        series.add(at(i));
        const auto so_far = series.samples();
        ASSERT_LE(so_far.size(), 64U);
        ASSERT_EQ(so_far.front().t_s, 0);
        ASSERT_EQ(so_far.back().t_s, i);
    }
    const auto samples = series.samples();
    expect_rising(samples);
    EXPECT_GE(samples.size(), 32U);
    const double gap = samples[1].t_s - samples[0].t_s;
    for (std::size_t i = 1; i + 1 < samples.size(); ++i) EXPECT_EQ(samples[i].t_s - samples[i - 1].t_s, gap);
}

TEST(SampleSeries, KeepsSamplesWithACensusBeforeOthers) {
    SampleSeries series(64);
    for (int i = 0; i < 2000; ++i) series.add(i % 100 == 50 ? at(i, 7) : at(i));
    std::size_t with_census = 0;
    for (const Sample& sample : series.samples()) with_census += sample.time_wait_client ? 1U : 0U;
    EXPECT_EQ(with_census, 20U);
    EXPECT_LE(series.samples().size(), 64U);
    expect_rising(series.samples());
}

TEST(SampleSeries, ThinsEvenCensusesWhereNothingElseIsLeft) {
    SampleSeries series(64);
    for (int i = 0; i < 10'000; ++i) {
        series.add(at(i, 1));
        ASSERT_LE(series.samples().size(), 64U);
        ASSERT_EQ(series.samples().back().t_s, i);
    }
    EXPECT_GE(series.samples().size(), 30U);
    expect_rising(series.samples());
}

TEST(SampleSeries, IgnoresWhatIsOlderAndReplacesWhatIsOfTheSameTime) {
    SampleSeries series;
    series.add(at(1));
    series.add(at(2, 7));
    series.add(at(1.5));
    series.add(at(2));  // the one with a census is worth more
    ASSERT_EQ(series.samples().size(), 2U);
    EXPECT_EQ(series.samples().back().time_wait_client, 7U);
    series.add(at(2, 8));
    EXPECT_EQ(series.samples().back().time_wait_client, 8U);
    EXPECT_EQ(series.samples().size(), 2U);
}

TEST(SampleSeries, RemembersPeaksOfSamplesItDropped) {
    SampleSeries series(4);
    for (int i = 0; i < 1000; ++i) {
        Sample sample = at(i);
        sample.time_wait = i == 501 ? 999 : 10;
        sample.ports_free = i == 503 ? 3 : 50;
        series.add(sample);
    }
    EXPECT_EQ(series.extremes().time_wait, 999U);
    EXPECT_EQ(series.extremes().ports_free, 3U);
    EXPECT_FALSE(series.extremes().fin_wait_2);
    EXPECT_LE(series.samples().size(), 4U);
}

TEST(SampleSeries, TimeWaitPeakDoesNotCountFinWait2) {
    SampleSeries series;
    Sample sample = at(1, 3);
    sample.time_wait_server = 4;
    sample.time_wait = 9;
    series.add(sample);
    EXPECT_EQ(series.extremes().time_wait, 9U);
    sample.t_s = 2;
    sample.fin_wait_2 = 1000;
    sample.time_wait = 1007;
    series.add(sample);
    EXPECT_EQ(series.extremes().time_wait, 7U);
    EXPECT_EQ(series.extremes().fin_wait_2, 1000U);
}

/// A series of at most 64 samples, and what connect() took before each that was added.
class Connects {
public:
    void add(const Sample& sample, int connections) {
        last_t_s_ = std::max(last_t_s_, sample.t_s);
        for (int i = 0; i < connections; ++i) {
            const core::Duration took = core::from_seconds(microseconds_(random_) * 1e-6);
            whole_.add(took);
            taken_.emplace_back(last_t_s_, took);
        }
        series_.add(sample, watch_.take_new());
    }

    std::vector<Sample> samples() const { return series_.samples(); }
    const core::Histogram& whole() const { return whole_; }

    /// All that were made after `from_s` and until `to_s`.
    core::Histogram between(double from_s, double to_s) const {
        core::Histogram result;
        for (const auto& [t_s, took] : taken_)
            if (t_s > from_s && t_s <= to_s) result.add(took);
        return result;
    }

private:
    SampleSeries series_{64};
    core::Histogram whole_;
    core::HistogramWatch watch_{whole_};
    std::mt19937_64 random_{3};
    std::lognormal_distribution<double> microseconds_{3, 2};
    std::vector<std::pair<double, core::Duration>> taken_;
    double last_t_s_ = 0;
};

void expect_at_most_a_bucket_above(core::Duration known, core::Duration said) {
    EXPECT_GE(said, known);
    EXPECT_LE(said, known + known / 64 + core::Duration{1});
}

void expect_whole_intervals(const Connects& connects) {
    double from_s = -1;
    core::Duration highest{0};
    for (const Sample& sample : connects.samples()) {
        const core::Histogram made = connects.between(from_s, sample.t_s);
        ASSERT_EQ(sample.connect.has_value(), made.count() > 0) << sample.t_s;
        from_s = sample.t_s;
        if (!sample.connect) continue;
        highest = std::max(highest, sample.connect->max);
        expect_at_most_a_bucket_above(made.max(), sample.connect->max);
        const auto expect_quantile = [&](double fraction, core::Duration said) {
            const core::Duration known = made.quantile(fraction);
            expect_at_most_a_bucket_above(known, said);
            if (known < made.max()) {
                EXPECT_EQ(said, known) << sample.t_s;
            }
        };
        expect_quantile(0.5, sample.connect->p50);
        expect_quantile(0.99, sample.connect->p99);
    }
    EXPECT_EQ(highest, connects.whole().max());
}

// 64 and 65 are where the first sample is dropped.
TEST(SampleSeries, ASampleSpeaksOfAllConnectionsSinceTheOneKeptBefore) {
    for (const int samples : {1, 64, 65, 66, 100, 129, 200, 1000, 3001}) {
        SCOPED_TRACE(samples);
        Connects connects;
        for (int i = 0; i < samples; ++i) connects.add(i % 10 == 3 ? at(i, 7) : at(i), i % 4);
        expect_whole_intervals(connects);
    }
}

TEST(SampleSeries, EvenWhereOnlyCensusesAreLeft) {
    Connects connects;
    for (int i = 0; i < 1000; ++i) connects.add(at(i, 7), i % 3);
    expect_whole_intervals(connects);
}

TEST(SampleSeries, ConnectionsOfASampleThatIsIgnoredOrReplacedAreNotLost) {
    Connects connects;
    connects.add(at(1), 5);
    connects.add(at(2, 7), 5);
    connects.add(at(1.5), 50);  // older
    connects.add(at(2), 50);    // the same time, worth less
    expect_whole_intervals(connects);
    connects.add(at(2, 8), 5);  // the same time, in its place
    expect_whole_intervals(connects);
    EXPECT_EQ(connects.samples().size(), 2U);
}

TEST(SampleSeries, SaysNothingOfConnectionsWhereThereWereNone) {
    Connects connects;
    for (int i = 0; i < 300; ++i) connects.add(at(i), i == 150 ? 1 : 0);
    std::size_t spoken = 0;
    for (const Sample& sample : connects.samples()) spoken += sample.connect ? 1U : 0U;
    EXPECT_EQ(spoken, 1U);
}

TEST(CensusSeries, IsBoundedToo) {
    CensusSeries series(16);
    for (int i = 0; i < 1000; ++i) {
        Census census;
        census.t_s = i;
        series.add(census);
    }
    EXPECT_LE(series.censuses().size(), 16U);
    EXPECT_EQ(series.censuses().back().t_s, 999);
}

}  // namespace
}  // namespace portdrought::record
