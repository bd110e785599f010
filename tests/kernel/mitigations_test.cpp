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

TEST(Mitigations, ReservedPortsAreNotUsed) {
    const RunRecord record = run_thousand([](Scenario& s) { s.host.reserved_ports = {{20000, 20499}}; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 500U);
    EXPECT_EQ(record.totals.ports_capacity, 500U);
}

}  // namespace
}  // namespace portdrought::kernel
