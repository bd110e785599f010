// The mitigation matrix on the real kernel: what each setting does to 1000 ports at 800 connections/s.
#include <gtest/gtest.h>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

TEST(Mitigations, BaseRunsOutAfterExactlyTheNumberOfPorts) {
    const RunRecord record = run(thousand_ports());
    expect_exhausted(record);
    EXPECT_EQ(record.totals.time_wait_peak_server, 0U);
}

TEST(Mitigations, LingerZeroLeavesNoTimeWaitAndThePeerSeesResets) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.linger = 0s; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 1600U);
    EXPECT_EQ(counter(record, "TcpExt.TCPAbortOnData"), 1600U);
    EXPECT_EQ(record.totals.cost.bytes_lost, 0U);
}

TEST(Mitigations, ServerClosingFirstKeepsTheClientsPortsFree) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.closer = core::Closer::server; });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    EXPECT_GT(record.totals.time_wait_peak_server.value_or(0), 400U);
}

TEST(Mitigations, KeepAliveNeedsAConnectionPerManyRequestsOnly) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{8};
        s.load.requests_per_connection = 100;
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 16U);
    EXPECT_LE(record.totals.time_wait_peak.value_or(99), 16U);
}

TEST(Mitigations, APeerThatNeverClosesLeavesFinWait2) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.passive_closes = false; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 600U);
    EXPECT_EQ(record.totals.fin_wait_2_peak, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
}

// ---- how connections close

void expect_no_time_wait(const RunRecord& record) {
    EXPECT_EQ(record.totals.attempts, 1600U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 0U);
    EXPECT_EQ(counter(record, "Tcp.OutRsts"), 1600U);
    EXPECT_EQ(record.totals.cost.bytes_lost, 0U);
}

TEST(Mitigations, BothCloseAtOnceWhoeverHasTheLastWord) {
    for (const std::uint64_t response : {0U, 300'000U}) {  // the client's request; more than a window of the server's
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.closer = core::Closer::both;
            s.load.rate = core::Rate{200};
            s.load.duration = 500ms;
            s.load.response_bytes = response;
            s.load.hold = 5ms;
        });
        EXPECT_EQ(record.totals.outcomes[Outcome::ok], 100U) << response;
        EXPECT_EQ(counter(record, "TcpExt.TW"), 200U) << response;
        EXPECT_EQ(record.totals.time_wait_peak_client, 100U) << response;
        EXPECT_EQ(record.totals.time_wait_peak_server, 100U) << response;
    }
}

TEST(Mitigations, BothHalfClosingAtOnceIsTheSame) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = core::Closer::both;
        s.load.half_close = true;
        s.load.rate = core::Rate{200};
    });
    expect_all_ok(record, 400);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 800U);
}

TEST(Mitigations, BothSidesTimeWaitIsEnforced) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = core::Closer::both;
        s.host.timed_wait_delay = 500ms;
    });
    expect_all_ok(record);
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(record.enforced->entries, 3200U);
    EXPECT_EQ(record.enforced->already_gone, 0U);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak_client.value_or(0)), 400, 20);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak_server.value_or(0)), 400, 20);
}

TEST(Mitigations, BothSidesFarApartCloseOneAfterTheOther) {
    for (const bool gives_up : {false, true}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.closer = core::Closer::both;
            s.load.rate = core::Rate{100};
            s.load.duration = 500ms;
            s.load.request_bytes = gives_up ? 1 << 20 : 100;
            s.load.response_bytes = 0;
            s.load.timeout = gives_up ? 100ms : 5s;
            s.server.read_delay = 500ms;  // longer than a FIN waits
            s.host.timed_wait_delay = 300ms;
        });
        EXPECT_EQ(record.totals.outcomes[gives_up ? Outcome::timeout : Outcome::ok], 50U);
        EXPECT_EQ(counter(record, "TcpExt.TW"), 50U) << "one side's only";
        EXPECT_EQ(record.totals.time_wait_peak_server, 0U);
        EXPECT_EQ(record.enforced->entries, 50U);
        EXPECT_EQ(record.enforced->already_gone, 0U);
    }
}

TEST(Mitigations, AResponseLeftUnreadResetsTheServer) {
    for (const bool enforced : {false, true}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.close_unread = true;
            if (enforced) s.host.timed_wait_delay = 500ms;
        });
        expect_all_ok(record);
        expect_no_time_wait(record);
        EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 1600U);
        EXPECT_EQ(record.totals.cost.transfers_cut, 0U);
        EXPECT_EQ(counter(record, "TcpExt.TCPAbortOnClose"), 1600U);
        if (enforced) {
            EXPECT_EQ(record.enforced->entries, 0U);
        }
    }
}

TEST(Mitigations, ARequestLeftUnreadResetsTheClient) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.close_unread = true;
        s.load.closer = core::Closer::server;
    });
    expect_no_time_wait(record);
    EXPECT_EQ(record.totals.outcomes[Outcome::reset], 1600U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 1600U);
    EXPECT_EQ(record.totals.errors.at("receive/ECONNRESET"), 1600U);
}

TEST(Mitigations, TheServersResetEndsTheClientsTimeWaitUnseen) {
    for (const bool enforced : {false, true}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.passive_linger = 0s;
            if (enforced) s.host.timed_wait_delay = 500ms;
        });
        expect_all_ok(record);
        expect_no_time_wait(record);
        EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 0U);
        if (enforced) {
            EXPECT_EQ(record.enforced->entries, 0U);
        }
    }
}

TEST(Mitigations, AHalfCloserSeesTheServersReset) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.passive_linger = 0s;
        s.load.half_close = true;
    });
    expect_no_time_wait(record);
    EXPECT_EQ(record.totals.outcomes[Outcome::reset], 1600U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 1600U);
}

// ---- how ports are bound

TEST(Mitigations, ReuseAddressTakesABoundPortBackAtOnce) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
    });
    expect_all_ok(record);
    EXPECT_EQ(counter(record, "TcpExt.TWRecycled"), 600U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_GE(record.totals.ports_min_free, 990U) << "each could be taken that was not open at the census";
}

TEST(Mitigations, ABoundPortInTimeWaitIsFreeWhenItsEnforcedTimeIsOver) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.timed_wait_delay = 1s;
    });
    expect_all_ok(record);
    EXPECT_EQ(record.enforced->entries, 1600U);
    EXPECT_EQ(record.enforced->already_gone, 0U);
}

TEST(Mitigations, BothClosingAtOnceAndReuseOfBoundPorts) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
        s.load.closer = core::Closer::both;
        s.load.response_bytes = 0;  // the client closes first
    });
    expect_all_ok(record);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 3200U);
}

TEST(Mitigations, AutobindReuseMakesItCount) {
    const RunRecord record = run_thousand(
        [](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = s.host.autobind_reuse = true; });
    expect_all_ok(record);
    EXPECT_EQ(record.host.sysctls.at("net.ipv4.ip_autobind_reuse"), "1");
    EXPECT_GE(counter(record, "TcpExt.TWRecycled"), 600U);
}

TEST(Mitigations, ARelayWhoseClientNeverAnswersStillEnds) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.kind = scenario::ServerKind::relay;
        s.load.closer = core::Closer::server;
        s.load.passive_closes = false;
        s.load.rate = core::Rate{100};
        s.load.duration = 1s;
        s.load.timeout = 1s;
    });
    EXPECT_TRUE(record.validity.valid) << record.validity.notes.front();
    EXPECT_EQ(record.totals.outcomes.total(), 100U);
}

TEST(Mitigations, AConnectionToItselfEntersTimeWaitOnce) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.listens = false;
        s.server.port = 20100;
        s.host.ports = {20000, 20199};
        s.host.timed_wait_delay = 100ms;
        s.load.rate = core::Rate{2000};
        s.load.in_flight = 1024;
        s.load.response_bytes = s.load.request_bytes;  // it gets its own request for an answer
    });
    ASSERT_GT(record.totals.self_connects, 1U);
    EXPECT_EQ(record.enforced->entries, record.totals.self_connects);
    EXPECT_EQ(record.enforced->foreign, 0U);
}

}  // namespace
}  // namespace portdrought::kernel
