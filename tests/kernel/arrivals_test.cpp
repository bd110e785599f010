// Arrivals that are not steady, and holds that vary, on the real kernel.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/hold_times.hpp"
#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using namespace std::chrono_literals;
using core::Outcome;
using record::RunRecord;
using scenario::Scenario;

/// Attempts offered by `t_s`, as the last sample until then says.
std::uint64_t offered_by(const RunRecord& record, double t_s) {
    std::uint64_t attempts = 0;
    for (const record::Sample& sample : record.samples)
        if (sample.t_s <= t_s) attempts = sample.attempts;
    return attempts;
}

TEST(ArrivalsOnTheKernel, BurstsAreOfferedInOnPhasesOnlyByAllWorkersTogether) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{400};
        s.load.arrivals = core::Arrivals::bursts;
        s.load.burst_on = 250ms;
        s.load.burst_off = 750ms;
        s.load.workers = 2;
        s.host.destinations = 2;
    });
    EXPECT_EQ(record.totals.attempts, 800U);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 800U);
    EXPECT_EQ(offered_by(record, 0.8), 400U) << "1600/s for a quarter of a second";
    EXPECT_EQ(offered_by(record, 1.0), 400U);
    EXPECT_TRUE(record.validity.valid) << (record.validity.notes.empty() ? "" : record.validity.notes.front());
}

TEST(ArrivalsOnTheKernel, ATraceIsOfferedCompressed) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.arrivals = core::Arrivals::trace;
        s.load.trace = "orders.csv";
        s.load.trace_rows.shared =
            std::make_shared<const core::Trace>(core::Trace{{{0s, 200}, {2s, 0}, {10s, 400}}, 5s});
        s.load.duration = 15s;
        s.load.rate = core::Rate{40};
        s.lab.time_scale = 10;
        s.host.timed_wait_delay = 60s;
    });
    EXPECT_EQ(record.totals.attempts, 600U);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 600U);
    EXPECT_EQ(offered_by(record, 9.5), 200U) << "scenario time";
    EXPECT_EQ(record.scenario.load.trace, "orders.csv");
}

class HoldsOnTheKernel : public testing::TestWithParam<core::Closer> {};

TEST_P(HoldsOnTheKernel, VaryAsDrawnAndAreNoTimeouts) {
    static constexpr core::Duration mean = 300ms;
    static constexpr int attempts = 200;
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{attempts};
        s.load.duration = 1s;
        s.load.hold = mean;
        s.load.hold_distribution = core::HoldDistribution::exponential;
        s.load.timeout = 600ms;
        s.load.closer = GetParam();
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], static_cast<std::uint64_t>(attempts));
    const auto side = GetParam() == core::Closer::server ? core::Side::server : core::Side::client;
    core::HoldTimes holds(core::HoldDistribution::exponential, mean, 1, side);
    double last_close = 0;
    for (int i = 0; i < attempts; ++i)
        last_close = std::max(last_close, static_cast<double>(i) / attempts + core::seconds(holds.next()));
    ASSERT_GT(last_close, 1.5) << "later than one that is held for the mean";
    EXPECT_GE(record.cpu.real_s, last_close);
    EXPECT_LT(record.cpu.real_s, last_close + 1);
}

INSTANTIATE_TEST_SUITE_P(Closers, HoldsOnTheKernel, testing::Values(core::Closer::client, core::Closer::server));

}  // namespace
}  // namespace portdrought::kernel
