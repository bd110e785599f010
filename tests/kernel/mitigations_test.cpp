// The mitigation matrix on the real kernel: what each setting does to 1000 ports at 800 connections/s.
#include <gtest/gtest.h>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

std::uint64_t counter(const RunRecord& record, const std::string& name) {
    const auto found = record.counters.find(name);
    return found == record.counters.end() ? 0 : found->second;
}

void expect_like_base(const RunRecord& record) {
    EXPECT_EQ(record.totals.attempts, 1600U);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 600U);
    EXPECT_EQ(record.totals.time_wait_peak, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_EQ(record.totals.ports_min_free, 0U);
    EXPECT_NEAR(record.totals.time_to_first_failure_s.value_or(-1), 1.25, 0.02);
}

void expect_no_failure(const RunRecord& record) {
    EXPECT_EQ(record.totals.attempts, 1600U);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1600U);
    EXPECT_EQ(record.totals.time_to_first_failure_s, std::nullopt);
}

void expect_no_port_was_missing(const RunRecord& record, std::uint64_t attempts) {
    EXPECT_EQ(record.totals.attempts, attempts);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], attempts);
}

TEST(Mitigations, BaseRunsOutAfterExactlyTheNumberOfPorts) {
    const RunRecord record = run(thousand_ports());
    expect_like_base(record);
    EXPECT_EQ(record.totals.errors.at("connect/EADDRNOTAVAIL"), 600U);
    EXPECT_EQ(record.totals.time_wait_peak_server, 0U);
    EXPECT_EQ(record.totals.ports_capacity, 1000U);
}

TEST(Mitigations, TwReuseLetsEveryConnectionThrough) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.tw_reuse = scenario::TwReuse::on; });
    expect_no_failure(record);
    EXPECT_GE(counter(record, "TcpExt.TWRecycled"), 600U);  // the search may take an old pair before the last free port
    EXPECT_GT(record.totals.ports_min_free.value_or(0), 0U);
}

TEST(Mitigations, TwReuseIsInertWithoutTimestamps) {
    expect_like_base(run_thousand([](Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.timestamps = false;
    }));
}

TEST(Mitigations, LingerZeroLeavesNoTimeWaitAndThePeerSeesResets) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.linger = 0s; });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.resets_seen_by_peer, 1600U);
    EXPECT_EQ(counter(record, "TcpExt.TCPAbortOnData"), 1600U);
    EXPECT_EQ(record.totals.cost.bytes_lost, 0U);
}

TEST(Mitigations, ServerClosingFirstKeepsTheClientsPortsFree) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.closer = core::Closer::server; });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    EXPECT_GT(record.totals.time_wait_peak_server.value_or(0), 400U);
}

TEST(Mitigations, FinTimeoutHasNoEffectOnTimeWait) {
    expect_like_base(run_thousand([](Scenario& s) { s.host.fin_timeout = 1s; }));
}

TEST(Mitigations, LingerOneSecondHasNoEffectOnTimeWait) {
    expect_like_base(run_thousand([](Scenario& s) { s.load.linger = 1s; }));
}

TEST(Mitigations, Rfc1337HasNoEffectOnTimeWait) {
    expect_like_base(run_thousand([](Scenario& s) { s.host.rfc1337 = true; }));
}

TEST(Mitigations, BindBeforeConnectSharesOnePoolAmongDestinations) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.destinations = 4;
        s.host.bind_before_connect = true;
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_bind], 600U);
    EXPECT_EQ(record.totals.errors.at("bind/EADDRINUSE"), 600U);
    EXPECT_EQ(record.totals.ports_capacity, 1000U);
}

TEST(Mitigations, FourDestinationsHaveFourTimesThePorts) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.destinations = 4; });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.ports_capacity, 4000U);
}

TEST(Mitigations, FourSourcesHaveFourTimesThePorts) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.sources = 4; });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.ports_capacity, 4000U);
}

TEST(Mitigations, KeepAliveNeedsAConnectionPerManyRequestsOnly) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{8};
        s.load.requests_per_connection = 100;
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 16U);
    EXPECT_LE(record.totals.time_wait_peak.value_or(99), 16U);
}

TEST(Mitigations, MaxTimeWaitZeroThrowsTheProtectionAway) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.max_time_wait = 0; });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.cost.time_wait_overflow, 1600U);
}

TEST(Mitigations, APeerThatNeverClosesLeavesFinWait2) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.passive_closes = false; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 600U);
    EXPECT_EQ(record.totals.fin_wait_2_peak, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
}

TEST(Mitigations, SequentialChoiceRunsOutLikeTheKernels) {
    expect_like_base(run_thousand([](Scenario& s) { s.host.port_choice = scenario::PortChoice::sequential; }));
}

TEST(Mitigations, RandomChoiceRunsOutLikeTheKernels) {
    expect_like_base(run_thousand([](Scenario& s) { s.host.port_choice = scenario::PortChoice::random; }));
}

// ---- how connections close

void expect_no_time_wait(const RunRecord& record) {
    EXPECT_EQ(record.totals.attempts, 1600U);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 0U);
    EXPECT_EQ(counter(record, "Tcp.OutRsts"), 1600U);
    EXPECT_EQ(record.totals.cost.bytes_lost, 0U);
}

TEST(Mitigations, BothClosingAtOnceLeavesTimeWaitOnBothSides) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.closer = core::Closer::both; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 600U);
    EXPECT_EQ(record.totals.time_wait_peak, 2000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_server, 1000U);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 2000U);
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
    expect_no_port_was_missing(record, 400);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 800U);
}

TEST(Mitigations, BothSidesTimeWaitIsEnforced) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.closer = core::Closer::both;
        s.host.timed_wait_delay = 500ms;
    });
    expect_no_failure(record);
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

TEST(Mitigations, AHalfCloseHasNoEffectOnTimeWait) {
    expect_like_base(run_thousand([](Scenario& s) { s.load.half_close = true; }));
}

TEST(Mitigations, AServersHalfCloseHoldsTimeWaitThere) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.half_close = true;
        s.load.closer = core::Closer::server;
        s.host.timed_wait_delay = 500ms;
    });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    EXPECT_EQ(record.enforced->entries, 1600U);
}

TEST(Mitigations, AResponseLeftUnreadResetsTheServer) {
    for (const bool enforced : {false, true}) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.close_unread = true;
            if (enforced) s.host.timed_wait_delay = 500ms;
        });
        expect_no_failure(record);
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
        expect_no_failure(record);
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

TEST(Mitigations, APassiveLingerOfASecondHasNoEffectOnTimeWait) {
    expect_like_base(run_thousand([](Scenario& s) { s.load.passive_linger = 1s; }));
}

// ---- how ports are bound

TEST(Mitigations, ABoundPortIsRefusedByBindWhileInTimeWait) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.destinations = 4;
        s.host.tw_reuse = scenario::TwReuse::on;  // is for connect() only
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_bind], 600U);
    EXPECT_EQ(record.totals.errors, (std::map<std::string, std::uint64_t>{{"bind/EADDRINUSE", 600}}));
    EXPECT_EQ(record.totals.ports_capacity, 1000U);
    EXPECT_EQ(counter(record, "TcpExt.TWRecycled"), 0U);
}

TEST(Mitigations, ReuseAddressTakesABoundPortBackAtOnce) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
    });
    expect_no_failure(record);
    EXPECT_EQ(counter(record, "TcpExt.TWRecycled"), 600U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_EQ(record.totals.ports_min_free, 1000U) << "each could be taken";
}

TEST(Mitigations, ReuseAddressNeedsTimestampsInConnect) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
        s.host.timestamps = false;
    });
    expect_like_base(record);
    EXPECT_EQ(counter(record, "TcpExt.TWRecycled"), 0U);
}

TEST(Mitigations, ABoundPortInTimeWaitIsFreeWhenItsEnforcedTimeIsOver) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.timed_wait_delay = 1s;
    });
    expect_no_failure(record);
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
    expect_no_failure(record);
    EXPECT_EQ(counter(record, "TcpExt.TW"), 3200U);
}

TEST(Mitigations, ReuseAddressIsInertWhereTheKernelChoosesAtBind) {
    const RunRecord record =
        run_thousand([](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = true; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_bind], 600U);
}

TEST(Mitigations, AutobindReuseMakesItCount) {
    const RunRecord record = run_thousand(
        [](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = s.host.autobind_reuse = true; });
    expect_no_failure(record);
    EXPECT_EQ(record.host.sysctls.at("net.ipv4.ip_autobind_reuse"), "1");
    EXPECT_GE(counter(record, "TcpExt.TWRecycled"), 600U);
}

TEST(Mitigations, ABindWithoutPortSharesPortsAmongDestinations) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.destinations = 4;
        s.host.bind_before_connect = s.host.bind_address_no_port = true;
    });
    expect_no_failure(record);
    EXPECT_EQ(record.totals.ports_capacity, 4000U);
}

TEST(Mitigations, APortWindowIsAllTheClientHas) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.port_window = core::PortRange{20500, 20749}; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 250U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 1350U);
    EXPECT_EQ(record.totals.ports_capacity, 250U);
    EXPECT_EQ(record.totals.ports_min_free, 0U);
    EXPECT_NEAR(record.totals.time_to_first_failure_s.value_or(-1), 0.3125, 0.02);
}

TEST(Mitigations, ReservedPortsAreNotUsed) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.reserved_ports = {{20000, 20499}}; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 500U);
    EXPECT_EQ(record.totals.ports_capacity, 500U);
}

}  // namespace
}  // namespace portdrought::kernel
