// TIME-WAIT lengths below the kernel's own, and compressed time, on the real kernel.
#include <gtest/gtest.h>

#include <cmath>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

RunRecord run_enforced(core::Duration length, core::Duration duration) {
    return run_thousand([&](Scenario& s) {
        s.host.timed_wait_delay = length;
        s.load.rate = core::Rate{400};
        s.load.duration = duration;
    });
}

void expect_lifetimes(const RunRecord& record, core::Duration wanted) {
    ASSERT_TRUE(record.enforced);
    EXPECT_GT(record.enforced->lifetimes.count(), 100U);
    EXPECT_LT(record.enforced->lateness.quantile(0.5), 10ms);
    EXPECT_GE(record.enforced->lifetimes.min(), wanted);
    EXPECT_EQ(record.enforced->wanted, wanted);
}

TEST(EnforcedDelay, HalfASecondIsKept) {
    const RunRecord record = run_enforced(500ms, 2s);
    expect_lifetimes(record, 500ms);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 800U);
    EXPECT_EQ(record.enforced->already_gone, 0U);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak.value_or(0)), 200, 20);  // Little: 400/s x 0.5 s
}

TEST(EnforcedDelay, TwoSecondsAreKept) {
    const RunRecord record = run_enforced(2s, 3s);
    expect_lifetimes(record, 2s);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak.value_or(0)), 800, 40);
}

TEST(EnforcedDelay, AFreedPortIsUsedAgainAtOnce) {
    // 800/s against 1000 ports / 1 s: enough, though each port has to serve twice in 2.5 s.
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.timed_wait_delay = 1s;
        s.load.duration = 2500ms;
    });
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 2000U);
}

TEST(EnforcedDelay, ServerHeldTimeWaitIsEnforcedToo) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.timed_wait_delay = 500ms;
        s.load.closer = core::Closer::server;
        s.load.rate = core::Rate{400};
    });
    expect_lifetimes(record, 500ms);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
}

TEST(EnforcedDelay, NeverTouchesFinWait2) {
    // The delay is that of TIME-WAIT; a peer that never closes keeps its port all the same.
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.timed_wait_delay = 100ms;
        s.load.passive_closes = false;
    });
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 1000U);
    EXPECT_EQ(record.enforced->entries, 0U);
}

}  // namespace
}  // namespace portdrought::kernel
