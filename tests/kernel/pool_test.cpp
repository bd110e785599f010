// A client's connection pool and admission control on the real kernel: 800 requests a second against 1000 ports whose
// pairs stay in TIME-WAIT for the kernel's own 60 s.
#include <gtest/gtest.h>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

/// One after the other, so that nothing depends on how evenly the machine runs: an attempt per worker, closed loop.
void one_at_a_time(Scenario& s) {
    s.load.rate.reset();
    s.load.in_flight = s.load.workers;
    s.load.duration = 300ms;
}

/// Every connection that was made was reused or its only request; each has one reason to be closed, or is open still.
void expect_pool_adds_up(const RunRecord& record, std::uint64_t most_left) {
    ASSERT_TRUE(record.pool);
    EXPECT_EQ(record.pool->reused + record.totals.connected, record.totals.outcomes[Outcome::ok]);
    const std::uint64_t closed =
        record.pool->closed_full + record.pool->closed_idle + record.pool->closed_worn + record.pool->closed_unread;
    EXPECT_LE(closed, record.totals.connected);
    EXPECT_LE(record.totals.connected - closed, most_left);
    EXPECT_EQ(record.connect.count(), record.totals.connected) << "latency is that of connections that were opened";
}

TEST(Pool, AHandfulOfConnectionsServeEveryRequest) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.hold = 10ms;
    });
    expect_all_ok(record);
    expect_pool_adds_up(record, 32);
    EXPECT_GE(record.totals.connected, 8U) << "as many as are busy at once: 800/s x 10 ms";
    EXPECT_LE(record.totals.connected, 32U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 0U);
    EXPECT_EQ(record.start_lag.count(), 1600U);
    EXPECT_TRUE(record.validity.valid);
}

TEST(Pool, OneTooSmallForTheBurstsThrowsConnectionsAway) {
    // Ten are busy at once, more or fewer by chance. Idle connections go up and down between 0 and 2 by chance as well,
    // so a third of the requests find none, and as many find no room when they put theirs back.
    const auto few = [](Scenario& s) {
        s.load.pool_size = 2;
        s.load.hold = 12500us;
        s.load.arrivals = core::Arrivals::poisson;
    };
    const RunRecord record = run_thousand(few);
    expect_all_ok(record, record.totals.attempts);
    expect_pool_adds_up(record, 2);
    const auto requests = static_cast<double>(record.totals.attempts);
    EXPECT_NEAR(static_cast<double>(record.pool->closed_full), requests / 3, requests * 0.07);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak_client.value_or(0)),
                static_cast<double>(record.pool->closed_full), 5);
}

TEST(Pool, AResponseLeftUnreadCostsItsConnection) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_drain = false;
    });
    expect_all_ok(record);
    expect_pool_adds_up(record, 0);
    EXPECT_EQ(record.totals.connected, 1600U);
    EXPECT_EQ(record.pool->closed_unread, 1600U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 1600U) << "closing with unread data is a reset";
    EXPECT_EQ(record.totals.cost.bytes_lost, 0U) << "the server had its request";
    EXPECT_EQ(record.totals.cost.transfers_cut, 0U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.counters.at("TcpExt.TCPAbortOnClose"), 1600U);
}

TEST(Pool, AnIdleConnectionIsClosed) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_idle = 100ms;
        s.load.rate = core::Rate{5};
    });
    expect_all_ok(record, 10);
    expect_pool_adds_up(record, 1);
    EXPECT_EQ(record.totals.connected, 10U);
    EXPECT_EQ(record.pool->closed_idle, 9U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 9U);
}

TEST(Pool, IdleTimeIsScenarioTime) {
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

TEST(Pool, AWornConnectionIsClosed) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_max_requests = 100;
        one_at_a_time(s);
    });
    expect_all_ok(record, record.totals.attempts);
    expect_pool_adds_up(record, 1);
    EXPECT_GT(record.totals.attempts, 500U);
    EXPECT_EQ(record.pool->closed_worn, record.totals.attempts / 100);
    EXPECT_EQ(record.totals.time_wait_peak_client, record.pool->closed_worn);
}

TEST(Pool, TheEnforcerSeesItsCloses) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_max_requests = 2;
        s.host.timed_wait_delay = 500ms;
    });
    expect_all_ok(record);
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(record.enforced->entries, record.pool->closed_worn);
    EXPECT_NEAR(static_cast<double>(record.enforced->entries), 800, 8);
    EXPECT_EQ(record.enforced->already_gone, 0U);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak.value_or(0)), 200, 20);  // Little: 400/s x 0.5 s
}

TEST(Pool, LingerZeroResetsWhatItThrowsAway) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.pool_max_requests = 1;
        s.load.linger = 0s;
        s.load.duration = 500ms;
    });
    expect_all_ok(record, 400);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 400U);
    EXPECT_EQ(record.totals.cost.transfers_cut, 0U) << "between two requests nothing is owed";
}

TEST(Pool, EachDestinationHasItsOwn) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 1;
        s.load.workers = 2;
        s.host.destinations = 4;
        s.host.sources = 2;
        one_at_a_time(s);
    });
    expect_all_ok(record, record.totals.attempts);
    expect_pool_adds_up(record, 4);
    EXPECT_EQ(record.totals.connected, 4U);
    EXPECT_GT(record.totals.attempts, 100U);
}

TEST(Pool, ChosenPortsComeBackWhenItsConnectionsHaveEnded) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 4;
        s.load.pool_drain = false;
        s.host.port_choice = scenario::PortChoice::sequential;
        s.host.ports = {20000, 20099};
        s.load.duration = 500ms;
    });
    expect_all_ok(record, 400);  // 400 connections on 100 ports: a reset leaves nothing behind
}

TEST(Pool, ARetryTakesAConnectionThatHasComeBackMeanwhile) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 32;
        s.load.rate = core::Rate{400};
        s.load.duration = 500ms;
        s.load.hold = 50ms;
        s.load.retries = 1000;
        s.load.retry_backoff = 5ms;
        s.host.ports = {20000, 20009};
    });
    expect_all_ok(record, 200);
    EXPECT_EQ(record.totals.connected, 10U);
    EXPECT_EQ(record.pool->reused, 190U);
    EXPECT_GT(record.totals.retries, 100U);
    EXPECT_EQ(record.totals.errors.at("connect/EADDRNOTAVAIL"), record.totals.retries);
}

TEST(Pool, AClosedLoopReusesToo) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.pool_size = 8;
        s.load.rate.reset();
        s.load.in_flight = 8;
        s.load.duration = 300ms;
    });
    expect_all_ok(record, record.totals.attempts);
    EXPECT_GT(record.totals.attempts, 1000U) << "more than there are ports";
    EXPECT_LE(record.totals.connected, 8U);
}

TEST(Admission, RefusesExactlyWhatIsAboveItsRate) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.admission = core::Rate{100}; });
    EXPECT_EQ(record.totals.attempts, 1600U);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 200U);
    EXPECT_EQ(record.totals.outcomes[Outcome::refused_locally], 1400U);
    EXPECT_EQ(record.totals.connected, 200U) << "nothing is opened for a refused attempt";
    EXPECT_TRUE(record.totals.errors.empty());
    EXPECT_TRUE(record.validity.valid);
}

TEST(Admission, WorkersShareTheRate) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.admission = core::Rate{100};
        s.load.workers = 2;
        s.host.destinations = 2;
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 200U);
    EXPECT_EQ(record.totals.outcomes[Outcome::refused_locally], 1400U);
}

TEST(Admission, LetsRetriesOfAnAdmittedAttemptThrough) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.admission = core::Rate{100};
        s.load.retries = 2;
        s.load.retry_backoff = 5ms;
        s.host.ports = {20000, 20049};
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 50U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 150U);
    EXPECT_EQ(record.totals.outcomes[Outcome::refused_locally], 1400U);
    EXPECT_EQ(record.totals.retries, 300U);
}

}  // namespace
}  // namespace portdrought::kernel
