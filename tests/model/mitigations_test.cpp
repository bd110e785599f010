// The mitigation matrix in the model, as it was measured on the kernel: what each setting does to 1000 ports at 800
// connections/s.
#include <gtest/gtest.h>

#include "model/runs.hpp"

namespace portdrought::model {
namespace {

using core::Closer, core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

TEST(ModelMitigations, BaseRunsOutAfterExactlyTheNumberOfPorts) { expect_exhausted(run(thousand_ports())); }

TEST(ModelMitigations, TwReuseServesAllAndRecyclesWhatIsBeyondThePorts) {
    for (const auto reuse : {scenario::TwReuse::on, scenario::TwReuse::loopback}) {
        const RunRecord record = run_thousand([&](Scenario& s) { s.host.tw_reuse = reuse; });
        expect_all_ok(record);
        const std::uint64_t recycled = record.counters.at("TcpExt.TWRecycled");
        EXPECT_NEAR(static_cast<double>(recycled), 2200, 10) << "a few ports may never have been looked at";
        EXPECT_EQ(record.totals.time_wait_peak_client, 3200 - recycled);
        EXPECT_EQ(record.totals.cost.ports_reused_early, recycled);
        EXPECT_GT(record.totals.ports_min_free, 190U) << "all but those younger than a second";
    }
}

TEST(ModelMitigations, WhatIsInertStaysInert) {
    expect_exhausted(run_thousand([](Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.timestamps = false;
    }));
    expect_exhausted(run_thousand([](Scenario& s) { s.host.fin_timeout = 1s; }));
    expect_exhausted(run_thousand([](Scenario& s) { s.host.rfc1337 = true; }));
    expect_exhausted(run_thousand([](Scenario& s) { s.load.half_close = true; }));
    expect_exhausted(run_thousand([](Scenario& s) { s.load.linger = 1s; }));
}

TEST(ModelMitigations, NoTimeWaitAtAllThrowsTheProtectionAway) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.max_time_wait = 0; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.time_wait_overflow, 3200U);
}

TEST(ModelMitigations, ALimitOfTimeWaitKeepsTheOtherPortsFree) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.max_time_wait = 500; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak, 500U);
    EXPECT_EQ(record.totals.cost.time_wait_overflow, 2700U);
}

TEST(ModelMitigations, LingerZeroLeavesNoTimeWaitAndThePeerSeesResets) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.linger = 0s; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 3200U);
    EXPECT_EQ(record.counters.at("TcpExt.TCPAbortOnData"), 3200U);
    EXPECT_EQ(record.counters.at("Tcp.OutRsts"), 3200U);
    EXPECT_EQ(record.totals.cost.bytes_lost, 0U);
}

TEST(ModelMitigations, AResponseLeftUnreadResetsTheServer) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.close_unread = true; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 3200U);
    EXPECT_EQ(record.counters.at("TcpExt.TCPAbortOnClose"), 3200U);
}

TEST(ModelMitigations, ARequestLeftUnreadResetsTheClient) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.close_unread = true;
        s.load.closer = Closer::server;
    });
    EXPECT_EQ(outcome(record, Outcome::reset), 3200U);
    EXPECT_EQ(record.totals.errors.at("receive/ECONNRESET"), 3200U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.bytes_lost, std::nullopt) << "depends on buffers the model does not have";
}

TEST(ModelMitigations, TheServersResetEndsTheClientsTimeWait) {
    const RunRecord unseen = run_thousand([](Scenario& s) { s.load.passive_linger = 0s; });
    expect_all_ok(unseen);
    EXPECT_EQ(unseen.totals.time_wait_peak, 0U);
    EXPECT_EQ(unseen.totals.cost.resets_seen_by_peer, 0U);
    EXPECT_EQ(unseen.counters.at("Tcp.OutRsts"), 3200U);
    const RunRecord read = run_thousand([](Scenario& s) {
        s.load.passive_linger = 0s;
        s.load.half_close = true;
    });
    EXPECT_EQ(outcome(read, Outcome::reset), 3200U);
    EXPECT_EQ(read.totals.cost.resets_seen_by_peer, 3200U);
    const RunRecord by_client = run_thousand([](Scenario& s) {
        s.load.closer = Closer::server;
        s.load.passive_linger = 0s;
        s.load.half_close = true;
    });
    EXPECT_EQ(outcome(by_client, Outcome::ok), 3200U) << "it is the server that reads the reset";
}

TEST(ModelMitigations, ServerClosingFirstKeepsTheClientsPortsFree) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.closer = Closer::server; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    EXPECT_EQ(record.totals.time_wait_peak_server, 500U) << "the search takes one parity for as long as it has any";
    EXPECT_EQ(record.counters.at("TcpExt.TW"), 3200U);
    EXPECT_EQ(record.counters.at("TcpExt.TWRecycled"), 0U);
}

TEST(ModelMitigations, BothClosingAtOnceLeavesTimeWaitOnBothSides) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = Closer::both;
        s.load.duration = 500ms;
    });
    expect_all_ok(record, 400);
    EXPECT_EQ(record.counters.at("TcpExt.TW"), 800U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 400U);
    EXPECT_EQ(record.totals.time_wait_peak_server, 400U);
}

TEST(ModelMitigations, MoreDestinationsOrSourcesAreMorePorts) {
    for (const auto change :
         {+[](Scenario& s) { s.host.destinations = 4; }, +[](Scenario& s) { s.host.destination_addresses = 4; },
          +[](Scenario& s) { s.host.sources = 4; }}) {
        const RunRecord record = run_thousand(change);
        expect_all_ok(record);
        EXPECT_EQ(record.totals.time_wait_peak_client, 3200U);
        EXPECT_EQ(record.totals.ports_capacity, 4000U);
        EXPECT_EQ(record.totals.ports_min_free, 800U);
        std::uint64_t ports = 0;
        for (const auto& [destination, count] : record.censuses.back().ports_by_destination) ports += count;
        EXPECT_EQ(ports, 3200U);
    }
}

TEST(ModelMitigations, BindTakesPortsFromAllDestinations) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.destinations = 4;
        s.host.bind_before_connect = true;
    });
    EXPECT_EQ(outcome(record, Outcome::ok), 1000U);
    EXPECT_EQ(outcome(record, Outcome::no_port_bind), 2200U);
    EXPECT_EQ(record.totals.errors.at("bind/EADDRINUSE"), 2200U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_TRUE(record.censuses.back().ports_by_destination.empty()) << "a port is all destinations'";
}

TEST(ModelMitigations, ReuseAddressTakesABoundPortBackAtOnce) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
    });
    expect_all_ok(record);
    EXPECT_EQ(record.counters.at("TcpExt.TWRecycled"), 2200U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
}

TEST(ModelMitigations, ReuseAddressWithoutTimestampsFailsInConnect) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
        s.host.timestamps = false;
    });
    EXPECT_EQ(outcome(record, Outcome::no_port_connect), 2200U);
}

TEST(ModelMitigations, KeepAliveNeedsAConnectionPerHundredRequests) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{8};
        s.load.requests_per_connection = 100;
    });
    expect_all_ok(record, 32);
    EXPECT_EQ(record.totals.time_wait_peak, 32U);
}

TEST(ModelMitigations, AnEnforcedDelayIsHeldToTheConnection) {
    for (const auto delay : {500ms, 1000ms}) {
        const RunRecord record = run_thousand([&](Scenario& s) { s.host.timed_wait_delay = delay; });
        expect_all_ok(record);
        // Little: 800/s for `delay`, and one more or less at the moment of looking.
        EXPECT_NEAR(static_cast<double>(*record.totals.time_wait_peak), static_cast<double>(delay.count()) * 0.8, 1);
    }
}

TEST(ModelMitigations, APeerThatNeverClosesLeavesFinWait2) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.passive_closes = false; });
    EXPECT_EQ(outcome(record, Outcome::ok), 1000U);
    EXPECT_EQ(outcome(record, Outcome::no_port_connect), 2200U);
    EXPECT_EQ(record.totals.fin_wait_2_peak, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    EXPECT_EQ(record.samples.back().time_wait, 1000U) << "sockstat calls them tw";
    EXPECT_EQ(record.samples.back().established, 1000U) << "the peer's ends, in CLOSE_WAIT";
}

TEST(ModelMitigations, AStalePeerCostsItsNextClientAMoment) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.fin_timeout = 500ms;
        s.host.ports = {20000, 20599};
        s.load.duration = 2s;
    });
    expect_all_ok(record, 1600);
    EXPECT_GT(record.totals.cost.connect_stalls.value_or(0), 500U);
    EXPECT_GE(record.connect.quantile(0.9), 10ms);
    EXPECT_LT(record.connect.quantile(0.9), 11ms);
    EXPECT_LE(record.samples.back().established.value_or(0), 600U) << "one old end for each port at most";
}

TEST(ModelMitigations, AnUnansweredServerKeepsTheClientsPort) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = Closer::server;
        s.load.passive_closes = false;
        s.load.in_flight = 2000;
    });
    EXPECT_EQ(outcome(record, Outcome::ok), 1000U);
    EXPECT_EQ(outcome(record, Outcome::no_port_connect), 2200U);
    EXPECT_EQ(record.totals.fin_wait_2_peak, 1000U);
}

}  // namespace
}  // namespace portdrought::model
