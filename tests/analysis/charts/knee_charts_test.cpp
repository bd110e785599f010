// The charts of a search for the knees.
#include "analysis/charts/knee_charts.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "analysis/made_records.hpp"

namespace portdrought::charts {
namespace {

using namespace std::chrono_literals;
using knees::Observation;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Observation run_at(double rate, std::uint64_t failed, core::Duration connect) {
    Observation run;
    run.rate_per_s = rate;
    run.attempts = 1000;
    run.without_port = failed;
    if (failed > 0) run.sustained_per_s = 16.6;
    for (int i = 0; i < 100; ++i) run.connect.add(connect);
    return run;
}

class KneeCharts : public testing::Test {
protected:
    KneeCharts() {
        observations_ = {run_at(20, 300, 200us), run_at(5, 0, 20us), run_at(10, 0, 40us), run_at(20, 200, 100us)};
        knees_.cliff = {knees::Status::bracketed, 8, 8.4, {}, {}, false};
        knees_.first_failure = {knees::Status::bracketed, 10, 20, {}, {}, false};
        knees_.ceiling = {knees::Status::bracketed, 16.6, 16.6, 2, 20};
        forecast_.cliff.per_s = 8.3;
        forecast_.first_failure.per_s = 16.56;
        forecast_.ceiling.per_s = 99;  // beyond the rates tried
    }

    Charts charts() const { return knee_charts({{scenario_, forecast_, knees_, observations_}}); }

    scenario::Scenario scenario_ = made::article();
    knees::Forecast forecast_;
    knees::Knees knees_;
    std::vector<Observation> observations_;
};

std::vector<std::string> labels(const Panel& panel) {
    std::vector<std::string> all;
    for (const Mark& mark : panel.marks) all.push_back(mark.label);
    return all;
}

TEST_F(KneeCharts, ShowWhatTheRunsDidAtEachRate) {
    const Charts all = charts();
    ASSERT_EQ(all.charts.size(), 3U);
    const Panel& failures = all.charts[0].panels.at(0);
    EXPECT_THAT(failures.x, ElementsAre(5, 10, 20));
    EXPECT_THAT(failures.series.at(0).y, ElementsAre(0, 0, 25));
    EXPECT_THAT(failures.series[0].low, ElementsAre(0, 0, 20));
    EXPECT_THAT(failures.series[0].high, ElementsAre(0, 0, 30));
    EXPECT_THAT(failures.text, HasSubstr("attempts without a port goes from 0 % at 5/s to 25.0 % at 20/s."));
    EXPECT_THAT(all.charts[1].panels.at(0).series.at(0).y.back(), testing::DoubleNear(150, 3));
    EXPECT_THAT(all.charts[2].panels.at(0).series.at(0).y, ElementsAre(5, 10, 16.6));
    EXPECT_THAT(all.subjects.at(0).caveats, Contains("compressed x60"));
}

TEST_F(KneeCharts, MarkBracketsAndPredictions) {
    const Charts all = charts();
    const Panel& panel = all.charts[0].panels.at(0);
    EXPECT_THAT(labels(panel),
                ElementsAre("latency cliff [8, 8.4]/s", "first failure [10, 20]/s", "steady ceiling 16.6/s",
                            "latency cliff predicted 8.3/s", "first failure predicted 16.56/s"));
    EXPECT_EQ(panel.marks[1].at, 10);
    EXPECT_EQ(panel.marks[1].to, 20);
    EXPECT_EQ(panel.marks[2].to, std::nullopt);
    forecast_.is_silent = true;
    knees_.cliff.status = knees::Status::not_seen;
    EXPECT_THAT(labels(charts().charts[0].panels.at(0)),
                ElementsAre("first failure [10, 20]/s", "steady ceiling 16.6/s"));
}

TEST_F(KneeCharts, LeaveOutRunsThatSayNothing) {
    observations_[0].disturbed = true;
    observations_.push_back(run_at(40, 900, 1ms));
    observations_.back().held = false;
    const Charts all = charts();
    EXPECT_THAT(all.charts[0].panels.at(0).x, ElementsAre(5, 10, 20));
    EXPECT_THAT(all.charts[0].panels[0].series.at(0).y, ElementsAre(0, 0, 20));
    EXPECT_THAT(all.charts[0].panels[0].text, HasSubstr("the rate was not held: 2 runs."));
    EXPECT_EQ(all.subjects.at(0).valid, 3U);
    observations_.clear();
    EXPECT_THAT(charts().charts, IsEmpty());
}

TEST_F(KneeCharts, HaveNoLatencyWhereNobodyKnowsIt) {
    for (Observation& run : observations_) run.connect = {};
    for (const Chart& chart : charts().charts) EXPECT_NE(chart.id, "knee-latency");
}

TEST_F(KneeCharts, ObservationsCountTheirAttempts) {
    const record::RunRecord record = made::exhausted();
    EXPECT_EQ(knees::observe(record).attempts, record.totals.attempts);
}

}  // namespace
}  // namespace portdrought::charts
