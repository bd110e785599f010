#include "record/sample_series.hpp"

#include <gtest/gtest.h>

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
    for (int i = 0; i < 100'000; ++i) {
        series.add(at(i));
        ASSERT_LE(series.samples().size(), 64U);
        ASSERT_EQ(series.samples().front().t_s, 0);
        ASSERT_EQ(series.samples().back().t_s, i);
    }
    const auto& samples = series.samples();
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
