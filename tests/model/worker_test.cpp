// What becomes of attempts in the model, seen from a whole run's record.
#include "model/worker.hpp"

#include <gmock/gmock.h>

#include "model/runs.hpp"

namespace portdrought::model {
namespace {

using core::Closer, core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

void expect_adds_up(const RunRecord& record) {
    EXPECT_EQ(record.totals.attempts, record.totals.outcomes.total());
    EXPECT_EQ(record.connect.count(), record.totals.connected);
}

// ---- retries, admission, slots

TEST(ModelWorker, RetriesWithinTheAttempt) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.retries = 2;
        s.load.retry_backoff = 5ms;
        s.host.ports = {20000, 20099};
        s.load.duration = 500ms;
    });
    expect_adds_up(record);
    EXPECT_EQ(outcome(record, Outcome::ok), 100U);
    EXPECT_EQ(outcome(record, Outcome::no_port_connect), 300U);
    EXPECT_EQ(record.totals.retries, 600U);
    EXPECT_EQ(record.totals.errors.at("connect/EADDRNOTAVAIL"), 900U);
}

TEST(ModelWorker, ARetryFindsAPortThatHasComeBack) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{10};
        s.load.duration = 1s;
        s.load.retries = 1;
        s.load.retry_backoff = 300ms;
        s.host.ports = {20000, 20001};
        s.host.timed_wait_delay = 400ms;
    });
    // Two at 0 and 100 ms find ports, which come back at 400 and 500 ms; one at 200 ms fails, and finds one at 500 ms.
    EXPECT_EQ(outcome(record, Outcome::ok) + outcome(record, Outcome::no_port_connect), 10U);
    EXPECT_GT(record.totals.retries, outcome(record, Outcome::no_port_connect));
}

TEST(ModelWorker, AnAttemptTimesOutWhileItWaitsForItsNextTry) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{100};
        s.load.duration = 1s;
        s.load.retries = 1000;
        s.load.retry_backoff = 100ms;
        s.load.timeout = 350ms;
        s.host.ports = {20000, 20009};
    });
    expect_adds_up(record);
    EXPECT_EQ(outcome(record, Outcome::ok), 10U);
    EXPECT_EQ(outcome(record, Outcome::timeout), 90U);
    EXPECT_EQ(record.totals.errors.at("connect/EADDRNOTAVAIL"), 360U) << "at 0, 100, 200 and 300 ms";
    EXPECT_NEAR(record.cpu.real_s, 0.99 + 0.35, 0.001) << "when the last one gives up";
}

TEST(ModelWorker, AdmissionRefusesExactlyWhatIsAboveItsRate) {
    for (const unsigned workers : {1U, 2U}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.admission = core::Rate{100};
            s.load.workers = s.host.destinations = workers;
        });
        EXPECT_EQ(outcome(record, Outcome::ok), 400U);
        EXPECT_EQ(outcome(record, Outcome::refused_locally), 2800U);
        EXPECT_EQ(record.totals.connected, 400U);
        EXPECT_TRUE(record.validity.valid);
    }
}

TEST(ModelWorker, AnAttemptWithoutASlotIsLateAndTheRunInvalid) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.in_flight = 4;
        s.load.hold = 1s;
        s.load.duration = 2s;
    });
    expect_adds_up(record);
    EXPECT_EQ(outcome(record, Outcome::ok), 8U);
    EXPECT_EQ(outcome(record, Outcome::late), 1592U);
    EXPECT_THAT(record.validity.notes,
                ElementsAre(HasSubstr("Only 8 of 1,600 attempts (0.5 %) could be started: all load.in_flight = 4 "
                                      "slots were taken")));
}

TEST(ModelWorker, ConnectionsThatNeverCloseKeepTheirSlots) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = Closer::never;
        s.load.in_flight = 100;
        s.load.duration = 500ms;
    });
    expect_adds_up(record);
    EXPECT_EQ(outcome(record, Outcome::ok), 100U);
    EXPECT_EQ(outcome(record, Outcome::late), 300U);
    EXPECT_EQ(record.samples.back().established, 200U);
}

TEST(ModelWorker, AClosedLoopIsAsFastAsConnectionsCost) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate.reset();
        s.load.in_flight = 1;
        s.load.duration = 1s;
        s.host.max_time_wait = 0;
    });
    expect_adds_up(record);
    EXPECT_NEAR(static_cast<double>(record.totals.attempts), 1e6 / 110, 2);  // core::Costs::connection
    EXPECT_EQ(record.connect_intended.count(), 0U);
    EXPECT_EQ(record.start_lag.count(), 0U);
}

TEST(ModelWorker, AClosedLoopWithHoldsIsItsSlotsByLittle) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate.reset();
        s.load.in_flight = 10;
        s.load.hold = 50ms;
        s.load.duration = 2s;
    });
    EXPECT_NEAR(static_cast<double>(record.totals.connected), 400, 10);
}

// ---- who answers the SYN

TEST(ModelWorker, NobodyListensAndEveryAttemptIsRefused) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.listens = false;
        s.load.retries = 1;
        s.load.duration = 1s;
    });
    EXPECT_EQ(outcome(record, Outcome::refused), 800U);
    EXPECT_EQ(record.totals.connected, 0U);
    EXPECT_EQ(record.totals.errors.at("connect/ECONNREFUSED"), 1600U);
    EXPECT_EQ(record.counters.at("Tcp.OutRsts"), 1600U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
}

TEST(ModelWorker, ADroppedSynIsSentAgainAfterOneThreeAndSevenSeconds) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_search = scenario::PortSearch::linux_5_18;  // before tcp_syn_linear_timeouts
        s.server.drops_syn = 1;
        s.load.rate = core::Rate{10};
        s.load.duration = 1s;
        s.load.timeout = 8s;
    });
    EXPECT_EQ(outcome(record, Outcome::timeout), 10U);
    EXPECT_EQ(record.totals.cost.connect_stalls, 30U);
    for (const record::Sample& sample : record.samples) {
        if (sample.t_s < 1) continue;
        const std::uint64_t sent_again = sample.counters.at("TcpExt.TCPSynRetrans");
        EXPECT_EQ(sent_again >= 10, sample.t_s > 1.95) << sample.t_s;
        EXPECT_EQ(sent_again >= 20, sample.t_s > 3.95) << sample.t_s;
        EXPECT_EQ(sent_again >= 30, sample.t_s > 7.95) << sample.t_s;
    }
    EXPECT_NEAR(record.cpu.real_s, 8.9, 0.001);
    EXPECT_EQ(record.samples.back().ports_in_use, 0U) << "given back";
}

TEST(ModelWorker, SynsAreSentAgainSixTimesAndNoMore) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_search = scenario::PortSearch::linux_5_18;  // before tcp_syn_linear_timeouts
        s.server.drops_syn = 1;
        s.load.rate = core::Rate{1};
        s.load.duration = 1s;
        s.load.timeout = 1h;
    });
    EXPECT_EQ(outcome(record, Outcome::timeout), 1U);
    EXPECT_EQ(record.totals.cost.connect_stalls, 6U);
    EXPECT_NEAR(record.cpu.real_s, 127, 0.001);
}

TEST(ModelWorker, ConnectThatRanOutOfSynsIsTriedAgainUntilTheAttemptsTimeIsOver) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_search = scenario::PortSearch::linux_5_18;
        s.server.drops_syn = 1;
        s.load.rate = core::Rate{1};
        s.load.duration = 1s;
        s.load.timeout = 10min;
        s.load.retries = 2;
        s.load.retry_backoff = 1s;
    });
    EXPECT_EQ(outcome(record, Outcome::timeout), 1U);
    EXPECT_EQ(record.totals.retries, 2U);
    EXPECT_EQ(record.totals.errors.at("connect/ETIMEDOUT"), 3U);
    EXPECT_EQ(record.totals.cost.connect_stalls, 18U);
    EXPECT_NEAR(record.cpu.real_s, 3 * 127 + 2, 0.001);
}

TEST(ModelWorker, AShareOfSynsIsDroppedByTheSeed) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.drops_syn = 0.5;
        s.host.destinations = 4;
        s.load.in_flight = 4000;
        s.load.timeout = 2s;
    });
    // Two tries, at 0 and 1 s: a quarter gets through neither.
    EXPECT_NEAR(static_cast<double>(outcome(record, Outcome::timeout)), 800, 125);  // five standard deviations
    EXPECT_EQ(outcome(record, Outcome::timeout) + outcome(record, Outcome::ok), 3200U);
    EXPECT_GE(record.connect.quantile(0.99), 1s);
    EXPECT_LT(record.connect.quantile(0.5), 1ms);
}

TEST(ModelWorker, NobodyAcceptsAndABacklogFillsForEachDestination) {
    for (const std::uint32_t destinations : {1U, 2U}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.server.accepts = false;
            s.server.backlog = 9;
            s.host.destinations = destinations;
            s.load.rate = core::Rate{50};
            s.load.duration = 2s;
            s.load.timeout = 2s;
        });
        EXPECT_EQ(outcome(record, Outcome::timeout), 100U);
        EXPECT_EQ(record.totals.connected, 10U * destinations) << "one more than the backlog";
        EXPECT_EQ(record.totals.fin_wait_2_peak, 10U * destinations);
        EXPECT_EQ(record.totals.cost.connect_stalls, 100U - 10U * destinations);
    }
}

TEST(ModelWorker, LingerZeroResetsWhatWasNeverAccepted) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.accepts = false;
        s.load.linger = 0s;
        s.load.rate = core::Rate{10};
        s.load.duration = 1s;
        s.load.timeout = 1s;
    });
    EXPECT_EQ(outcome(record, Outcome::timeout), 10U);
    EXPECT_EQ(record.totals.fin_wait_2_peak, 0U);
    EXPECT_EQ(record.counters.at("Tcp.OutRsts"), 10U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 0U) << "nobody read them";
}

// ---- arrivals and holds

TEST(ModelWorker, SeveralWorkersOfferAndSumUpAsOne) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.workers = 2;
        s.host.destinations = 4;
        s.load.arrivals = core::Arrivals::poisson;
        s.load.hold = 50ms;
        s.load.requests_per_connection = 3;
    });
    expect_adds_up(record);
    expect_all_ok(record, record.totals.attempts);
    EXPECT_NEAR(static_cast<double>(record.totals.attempts), 3200, 283);  // five standard deviations
    EXPECT_EQ(record.censuses.back().ports_by_destination.size(), 4U);
}

TEST(ModelWorker, BurstsComeInBursts) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.arrivals = core::Arrivals::bursts;
        s.load.burst_on = 500ms;
        s.load.burst_off = 1500ms;
        s.host.destinations = 4;
    });
    expect_all_ok(record);
    for (const record::Sample& sample : record.samples) {
        if (sample.t_s > 0.55 && sample.t_s < 1.95) {
            EXPECT_EQ(sample.attempts, 1600U) << sample.t_s;
        }
    }
}

TEST(ModelWorker, ATraceIsPlayedRowByRow) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.arrivals = core::Arrivals::trace;
        auto trace = std::make_shared<core::Trace>();
        trace->rows = {{0s, 100}, {2s, 50}};
        trace->last = 2s;
        s.load.trace_rows.shared = trace;
        s.load.rate = core::Rate{150.0 / 4};
    });
    expect_all_ok(record, 150);
    EXPECT_EQ(record.samples.at(10).attempts, 50U + 6U) << "1.1 s";
    EXPECT_EQ(record.samples.at(18).attempts, 50U + 46U) << "1.9 s";
}

TEST(ModelWorker, HoldsVaryWithTheirMean) {
    for (const auto distribution :
         {core::HoldDistribution::constant, core::HoldDistribution::uniform, core::HoldDistribution::exponential}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.hold = 500ms;
            s.load.hold_distribution = distribution;
            s.load.in_flight = 2000;
            s.host.destinations = 4;
        });
        expect_all_ok(record);
        const std::uint64_t open = record.samples.at(29).established.value_or(0) / 2;
        EXPECT_NEAR(static_cast<double>(open), 400, distribution == core::HoldDistribution::constant ? 1 : 60)
            << "Little: 800/s x 0.5 s";
    }
}

TEST(ModelWorker, HoldIsNoPartOfTheTimeout) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.hold = 2s;
        s.load.timeout = 100ms;
        s.load.rate = core::Rate{10};
        s.load.duration = 1s;
    });
    expect_all_ok(record, 10);
}

TEST(ModelWorker, HostsOfferTheirRateEach) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.topology.hosts = 5;
        s.load.duration = 1s;
    });
    expect_all_ok(record, 4000);
    EXPECT_EQ(record.totals.ports_capacity, 5000U);
    EXPECT_EQ(record.totals.time_wait_peak, 4000U);
}

}  // namespace
}  // namespace portdrought::model
