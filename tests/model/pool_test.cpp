// The client's pool in the model; tests/kernel/pool_test.cpp has the same on the kernel.
#include <gmock/gmock.h>

#include <algorithm>

#include "model/runs.hpp"

namespace portdrought::model {
namespace {

using core::Closer, core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

void expect_pool_adds_up(const RunRecord& record, std::uint64_t left) {
    ASSERT_TRUE(record.pool);
    EXPECT_EQ(record.pool->reused + record.totals.connected, outcome(record, Outcome::ok));
    EXPECT_EQ(record.pool->closed_full + record.pool->closed_idle + record.pool->closed_worn +
                  record.pool->closed_unread + left,
              record.totals.connected);
}

TEST(ModelPool, AsManyConnectionsAsAreBusyAtOnce) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.hold = 10ms;
    });
    expect_all_ok(record);
    // One every 1.25 ms, busy for 10 ms and the CPU time it takes.
    EXPECT_GE(record.totals.connected, 8U);
    EXPECT_LE(record.totals.connected, 9U);
    expect_pool_adds_up(record, record.totals.connected);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
}

TEST(ModelPool, OneTooSmallThrowsConnectionsAway) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 2;
        s.load.hold = 12500us;
        s.load.arrivals = core::Arrivals::poisson;
        s.load.duration = 2s;
    });
    expect_all_ok(record, record.totals.attempts);
    expect_pool_adds_up(record, 2);
    const auto requests = static_cast<double>(record.totals.attempts);
    EXPECT_NEAR(static_cast<double>(record.pool->closed_full), requests / 3, requests * 0.05) << "as on the kernel";
    EXPECT_EQ(record.totals.time_wait_peak_client, record.pool->closed_full);
}

TEST(ModelPool, AnIdleConnectionIsClosedWhenItsTimeIsOver) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_idle = 100ms;
        s.load.rate = core::Rate{5};
        s.load.duration = 2s;
    });
    expect_all_ok(record, 10);
    expect_pool_adds_up(record, 1);
    EXPECT_EQ(record.pool->closed_idle, 9U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 9U);
}

TEST(ModelPool, IdleTimeIsScenarioTime) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_idle = 2s;
        s.load.rate = core::Rate{0.25};
        s.load.duration = 40s;
        s.host.timed_wait_delay = 30s;
        s.lab.time_scale = 20;
    });
    expect_all_ok(record, 10);
    EXPECT_EQ(record.pool->closed_idle, 9U);
}

TEST(ModelPool, AWornConnectionIsClosed) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_max_requests = 100;
    });
    expect_all_ok(record);
    expect_pool_adds_up(record, 0);
    EXPECT_EQ(record.pool->closed_worn, 32U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 32U);
}

TEST(ModelPool, AResponseLeftUnreadCostsItsConnection) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_drain = false;
    });
    expect_all_ok(record);
    expect_pool_adds_up(record, 0);
    EXPECT_EQ(record.pool->closed_unread, 3200U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 3200U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.counters.at("TcpExt.TCPAbortOnClose"), 3200U);
}

TEST(ModelPool, ServersDelayTheFirstRequestOnly) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 1;
        s.load.rate = core::Rate{20};
        s.load.duration = 1s;
        s.server.read_delay = 120ms;
    });
    expect_all_ok(record, 20);
    EXPECT_EQ(record.totals.connected, 3U) << "at 0, 50 and 100 ms; at 150 ms one is idle";
}

TEST(ModelPool, AReusedConnectionDoesNotWaitForAFreshOneThatTheServerDelays) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 10;
        s.load.rate = core::Rate{20};
        s.load.duration = 1s;
        s.load.hold = 10ms;
        s.server.read_delay = 120ms;
    });
    expect_all_ok(record, 20);
    // Made at 0, 50 and 100 ms, which end at 130, 180 and 230 ms; the one of 150 ms meets the first and ends at 160 ms.
    const auto sample = std::ranges::find_if(record.samples, [](const record::Sample& one) { return one.t_s >= 0.2; });
    ASSERT_NE(sample, record.samples.end());
    EXPECT_EQ(sample->outcomes[Outcome::ok], 3U);
}

TEST(ModelPool, ARetryTakesAConnectionThatHasComeBack) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.rate = core::Rate{400};
        s.load.duration = 500ms;
        s.load.hold = 50ms;
        s.load.retries = 1000;
        s.load.retry_backoff = 5ms;
        s.host.ports = {20000, 20009};
    });
    EXPECT_EQ(outcome(record, Outcome::ok), 200U);
    EXPECT_EQ(record.totals.connected, 10U);
    EXPECT_EQ(record.pool->reused, 190U);
    EXPECT_EQ(record.totals.errors.at("connect/EADDRNOTAVAIL"), record.totals.retries);
}

}  // namespace
}  // namespace portdrought::model
