// What every record of the kernel engine keeps to, whatever the scenario.
#include <gtest/gtest.h>

#include <atomic>

#include "kernel/runs.hpp"
#include "record/record_file.hpp"

namespace portdrought::kernel {
namespace {

using core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

/// The workers go on while they are looked at, and none of their connections is lost.
void expect_connect_times(const RunRecord& record) {
    core::Duration highest{0};
    for (const record::Sample& sample : record.samples) {
        if (!sample.connect) continue;
        EXPECT_LE(sample.connect->p50, sample.connect->p99);
        EXPECT_LE(sample.connect->p99, sample.connect->max);
        EXPECT_GE(sample.connect->p50, record.connect.min());
        highest = std::max(highest, sample.connect->max);
    }
    EXPECT_EQ(highest, record.connect.max());
}

void expect_contract(const RunRecord& record) {
    expect_connect_times(record);
    EXPECT_EQ(record.totals.attempts, record.totals.outcomes.total());
    EXPECT_GE(record.totals.connected, record.totals.outcomes[Outcome::ok]);
    EXPECT_EQ(record.connect.count(), record.totals.connected);
    ASSERT_FALSE(record.samples.empty());
    for (std::size_t i = 1; i < record.samples.size(); ++i) {
        EXPECT_LT(record.samples[i - 1].t_s, record.samples[i].t_s);
        EXPECT_LE(record.samples[i - 1].attempts, record.samples[i].attempts);
        EXPECT_LE(record.samples[i - 1].outcomes[Outcome::ok], record.samples[i].outcomes[Outcome::ok]);
        EXPECT_LE(record.samples[i].outcomes.total(), record.samples[i].attempts);
    }
    EXPECT_EQ(record.samples.back().attempts, record.totals.attempts);
    EXPECT_EQ(record.samples.back().outcomes, record.totals.outcomes);
    EXPECT_EQ(record::to_json(record::from_json(record::to_json(record), "itself")), record::to_json(record));
}

TEST(Record, TotalsAddUpWhenPortsRunOut) {
    const RunRecord record = run(thousand_ports());
    expect_contract(record);
    EXPECT_EQ(record.start_lag.count(), record.totals.attempts);
    EXPECT_EQ(record.host.sysctls.at("net.ipv4.tcp_tw_reuse"), "0");
    EXPECT_EQ(record.host.sysctls.at("net.ipv4.ip_local_port_range"), "20000 20999");
    EXPECT_GT(record.cpu.workers_s, 0);
    EXPECT_GT(record.cpu.probe_s, 0);
    ASSERT_TRUE(record.listing);
    EXPECT_EQ(record.listing->rows_total, 1000U);
    EXPECT_EQ(record.listing->rows.front().inode, 0U);
    EXPECT_EQ(record.listing->rows.front().state, "TIME_WAIT");
}

TEST(Record, TotalsAddUpWithPoissonArrivalsHoldsAndSeveralWorkers) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.arrivals = core::Arrivals::poisson;
        s.load.hold = 50ms;
        s.load.workers = 2;
        s.host.destinations = 2;
        s.load.requests_per_connection = 3;
    });
    expect_contract(record);
    EXPECT_NEAR(static_cast<double>(record.totals.attempts), 1600, 200);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], record.totals.attempts);
}

TEST(Record, AnAttemptWithoutASlotIsLateAndTheRunInvalid) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.in_flight = 4;
        s.load.hold = 1s;
    });
    expect_contract(record);
    EXPECT_GT(record.totals.outcomes[Outcome::late], 1500U);
    EXPECT_FALSE(record.validity.valid);
}

TEST(Record, ClosedLoopKeepsInFlightBusyWithoutIntendedStarts) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate.reset();
        s.load.duration = 500ms;
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.max_time_wait = 0;
    });
    expect_contract(record);
    EXPECT_GT(record.totals.attempts, 500U);
    EXPECT_EQ(record.connect_intended.count(), 0U);
    EXPECT_EQ(record.start_lag.count(), 0U);
}

TEST(Record, ConnectionsThatNeverCloseAreOkAndKeepTheirSlots) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = core::Closer::never;
        s.load.in_flight = 100;
        s.load.duration = 500ms;
    });
    expect_contract(record);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 100U);
    EXPECT_EQ(record.totals.outcomes[Outcome::late], 300U);
}

TEST(Record, RetriesHappenWithinTheAttempt) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.retries = 2;
        s.load.retry_backoff = 5ms;
        s.host.ports = {20000, 20099};
        s.load.duration = 500ms;
    });
    expect_contract(record);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 100U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 300U);
    EXPECT_EQ(record.totals.retries, 600U);
    EXPECT_EQ(record.totals.errors.at("connect/EADDRNOTAVAIL"), 900U);
}

TEST(Record, ATimeoutEndsAConnectionThatIsNeverIdle) {
    // A million requests take far longer; both ends are always ready to go on when the time is over.
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.requests_per_connection = 1'000'000;
        s.load.rate = core::Rate{20};
        s.load.duration = 500ms;
        s.load.timeout = 300ms;
    });
    expect_contract(record);
    EXPECT_EQ(record.totals.attempts, 10U);
    EXPECT_EQ(record.totals.connected, 10U);
    EXPECT_EQ(record.totals.outcomes[Outcome::timeout], 10U);
}

TEST(Record, APeerThatHasNotReadLosesBytesToLingerZero) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.linger = 0s;
        s.load.rate = core::Rate{50};
        s.load.duration = 500ms;
        s.load.request_bytes = 1 << 20;
        s.load.response_bytes = 0;
        s.server.read_delay = 20ms;
    });
    expect_contract(record);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 25U);
    EXPECT_EQ(record.totals.cost.transfers_cut, 25U);
    EXPECT_GT(record.totals.cost.bytes_lost, 25U * 100'000);
}

TEST(Record, TheRelayTakesEverySecondPortAndHoldsTheTimeWait) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.kind = scenario::ServerKind::relay;
        s.load.closer = core::Closer::server;
        s.load.rate = core::Rate{100};
        s.host.port_choice = scenario::PortChoice::sequential;
        s.host.first_port = 20129;
    });
    expect_contract(record);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 200U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    ASSERT_TRUE(record.listing);
    ASSERT_GE(record.listing->rows.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(record.listing->rows[i].local, "127.0.0.1:7000");
        EXPECT_EQ(record.listing->rows[i].remote, "127.0.0.1:" + std::to_string(20129 + 2 * i));
    }
    // The upstream closes first, but on another machine: its pairs are not on this host.
    EXPECT_EQ(record.listing->rows_total, 200U);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak.value_or(0)), 200, 1);
}

TEST(Record, AStopKeepsWhatWasMeasured) {
    Scenario scenario = thousand_ports();
    scenario.load.duration = 30s;
    engine::Observer observer;
    std::atomic<bool> stop = false;
    observer.progress = [&](const engine::Progress& now) { stop = now.attempts >= 200; };
    observer.stop_requested = [&] { return stop.load(); };
    KernelEngine engine;
    const RunRecord record = engine.run(scenario, 1, observer);
    expect_contract(record);
    EXPECT_TRUE(record.interrupted);
    EXPECT_GE(record.totals.attempts, 200U);
    EXPECT_LT(record.totals.attempts, 1600U);
}

}  // namespace
}  // namespace portdrought::kernel
