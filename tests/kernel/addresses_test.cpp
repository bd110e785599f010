// IPv6 and several addresses of one server on the real kernel: the same counts as over 127.0.0.1.
#include <gtest/gtest.h>

#include <map>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

RunRecord run_on(const char* server, const std::function<void(Scenario&)>& change = {}) {
    return run_thousand([&](Scenario& s) {
        s.server.address = server;
        if (change) change(s);
    });
}

/// The host's part of "[fd00::1]:20000".
std::string host_of(const std::string& endpoint) { return endpoint.substr(0, endpoint.rfind(':')); }

std::map<std::string, int> local_hosts(const RunRecord& record) {
    std::map<std::string, int> hosts;
    for (const record::Connection& row : record.listing->rows) ++hosts[host_of(row.local)];
    return hosts;
}

TEST(Ipv6, RunsOutAfterExactlyTheNumberOfPorts) {
    const RunRecord loopback = run_on("::1");
    expect_exhausted(loopback);
    EXPECT_EQ(local_hosts(loopback), (std::map<std::string, int>{{"[::1]", 50}}));
    EXPECT_EQ(loopback.censuses.back().ports_by_destination,
              (std::map<std::string, std::uint64_t>{{"[::1]:7000", 1000}}));
    expect_exhausted(run_on("fd00::1"));
}

TEST(Ipv6, TheSourceIsTheFirstOfItsAddressesWhateverTheServers) {
    const RunRecord record = run_on("fd00::7:8", [](Scenario& s) { s.load.duration = 500ms; });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 400U);
    EXPECT_EQ(local_hosts(record), (std::map<std::string, int>{{"[fd00::1]", 50}}));
}

TEST(Ipv6, SourcesHaveEachTheirPorts) {
    for (const char* server : {"fd00::1", "::1"}) {
        const RunRecord record = run_on(server, [](Scenario& s) { s.host.sources = 4; });
        expect_all_ok(record);
        EXPECT_EQ(record.totals.ports_capacity, 4000U);
        EXPECT_EQ(record.totals.time_wait_peak_client, 1600U);
        EXPECT_EQ(local_hosts(record).size(), 4U);
    }
}

TEST(Ipv6, AnEnforcedDelayIsKept) {
    const RunRecord record = run_on("fd00::1", [](Scenario& s) {
        s.host.timed_wait_delay = 500ms;
        s.load.rate = core::Rate{400};
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 800U);
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(record.enforced->already_gone, 0U);
    EXPECT_GE(record.enforced->lifetimes.min(), 500ms);
    EXPECT_LT(record.enforced->lateness.quantile(0.5), 10ms);
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak.value_or(0)), 200, 20);  // Little: 400/s x 0.5 s
}

TEST(Ipv6, ThePortsAreChosenInOrder) {
    const RunRecord record = run_on("fd00::2", [](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::sequential;
        s.host.first_port = std::uint16_t{20500};
    });
    expect_exhausted(record);
    ASSERT_GE(record.listing->rows.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(record.listing->rows[i].local, "[fd00::1]:" + std::to_string(20500 + i));
    expect_exhausted(run_on("::1", [](Scenario& s) { s.host.port_choice = scenario::PortChoice::random; }));
}

TEST(Ipv6, BindBeforeConnectSharesOnePoolAmongAddresses) {
    const RunRecord record = run_on("fd00::1", [](Scenario& s) {
        s.host.destination_addresses = 2;
        s.host.bind_before_connect = true;
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.errors.at("bind/EADDRINUSE"), 600U);
}

// The kernel takes ::1 for loopback, but not fd00::1, although both are addresses of lo.
TEST(Ipv6, TwReuseForLoopbackReachesItsOneLoopbackAddressOnly) {
    const auto reusing = [](Scenario& s) { s.host.tw_reuse = scenario::TwReuse::loopback; };
    const RunRecord reached = run_on("::1", reusing);
    expect_all_ok(reached);
    EXPECT_GT(reached.totals.ports_min_free.value_or(0), 0U);
    expect_exhausted(run_on("fd00::1", reusing));
    expect_all_ok(run_on("fd00::1", [](Scenario& s) { s.host.tw_reuse = scenario::TwReuse::on; }));
}

TEST(Ipv6, TheRelayTakesEverySecondPortAndHoldsTheTimeWait) {
    for (const char* server : {"::1", "fd00::1"}) {
        const RunRecord record = run_on(server, [](Scenario& s) {
            s.server.kind = scenario::ServerKind::relay;
            s.server.upstream_address = "fd00::1:1";
            s.load.closer = core::Closer::server;
            s.load.rate = core::Rate{100};
            s.host.port_choice = scenario::PortChoice::sequential;
            s.host.first_port = std::uint16_t{20129};
        });
        EXPECT_EQ(record.totals.outcomes[Outcome::ok], 200U);
        EXPECT_TRUE(record.totals.relay_errors.empty());
        ASSERT_GE(record.listing->rows.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            const std::string host = std::string{"["} + server + "]:";
            EXPECT_EQ(record.listing->rows[i].local, host + "7000");
            EXPECT_EQ(record.listing->rows[i].remote, host + std::to_string(20129 + 2 * i));
        }
        EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak.value_or(0)), 200, 1);
    }
}

TEST(DestinationAddresses, HaveEachTheirPorts) {
    for (const char* server : {"127.0.0.1", "fd00::1"}) {
        const RunRecord record = run_on(server, [](Scenario& s) { s.host.destination_addresses = 4; });
        expect_all_ok(record);
        EXPECT_EQ(record.totals.ports_capacity, 4000U);
        EXPECT_EQ(record.totals.time_wait_peak_client, 1600U);
        EXPECT_EQ(record.totals.ports_min_free, 2400U);
        EXPECT_EQ(record.censuses.back().ports_by_destination.size(), 4U);
        for (const auto& [destination, ports] : record.censuses.back().ports_by_destination) EXPECT_EQ(ports, 400U);
    }
}

TEST(DestinationAddresses, RunOutWhenAllTheirPortsHave) {
    const RunRecord record = run_on("127.0.0.9", [](Scenario& s) {
        s.host.ports = {20000, 20049};
        s.host.destination_addresses = 4;
        s.host.destinations = 2;
        s.load.workers = 2;
    });
    EXPECT_EQ(record.totals.ports_capacity, 400U);
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 400U);
    EXPECT_EQ(record.totals.outcomes[Outcome::no_port_connect], 1200U);
    EXPECT_EQ(record.totals.ports_min_free, 0U);
    EXPECT_EQ(record.censuses.back().ports_by_destination.size(), 8U);
    EXPECT_TRUE(record.censuses.back().ports_by_destination.contains("127.0.0.12:7001"));
}

TEST(Ipv6, SilentSocketsHoldPortsThereToo) {
    const RunRecord record = run_on("::1", [](Scenario& s) {
        s.host.unconnected_ports = 900;
        s.host.port_choice = scenario::PortChoice::bound;
        s.load.duration = std::chrono::milliseconds{500};
    });
    EXPECT_EQ(record.totals.outcomes[Outcome::ok], 100U);
    EXPECT_EQ(record.totals.ports_bound, 900U);
}

}  // namespace
}  // namespace portdrought::kernel
