// The chain law against the closed forms that the documentation of each NAT gives, with the profiles of the program.
#include "analysis/laws/chain.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/laws/nat.hpp"
#include "scenario/reader.hpp"

namespace portdrought::laws {
namespace {

using namespace std::chrono_literals;

/// A host below whose port range the server listens, behind a NAT of that profile, with these settings on top.
scenario::Scenario behind(const std::string& profile, std::vector<std::string> settings = {}) {
    settings.insert(settings.begin(), {"lab.engine=model", "server.port=443", "load.duration=24h",
                                       "load.in_flight=100000", "nat.profile=" + profile});
    const scenario::Reading reading = scenario::read("name = \"chain\"\n", "chain", settings, {});
    for (const auto& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
    return reading.variants.front();
}

const ChainPool* pool_of(const Chain& chain, PoolKind kind) {
    for (const ChainPool& pool : chain.pools)
        if (pool.kind == kind) return &pool;
    return nullptr;
}

double lasts(const std::string& profile, const std::vector<std::string>& settings = {}) {
    return chain_of(behind(profile, settings)).weakest().sustainable_per_s;
}

TEST(Chain, OfAHostAloneIsItsPorts) {
    scenario::Scenario host;
    host.load.rate = core::Rate{500};
    const Chain chain = chain_of(host);
    ASSERT_EQ(chain.pools.size(), 1U);
    EXPECT_NEAR(chain.weakest().sustainable_per_s, 28'232 / 60.0, 1e-9);
    EXPECT_NEAR(core::seconds(chain.first_full()->exhaustion.value()), 28'232 / 500.0, 1e-6);
    EXPECT_NEAR(chain.failing_share(), 1 - 28'232 / 60.0 / 500, 1e-12);
    EXPECT_EQ(chain.weakest().symptom, Symptom::no_port);
}

TEST(Chain, FailsAtTheSmallestPoolOfAll) {
    const Chain few = chain_of(behind("azure-nat-gateway", {"topology.hosts=1"}));
    EXPECT_EQ(few.weakest().kind, PoolKind::client_ports) << "28,232 / 60 s before 50,000 / 65 s";
    const Chain many = chain_of(behind("azure-nat-gateway", {"topology.hosts=200", "load.rate=40/s"}));
    EXPECT_EQ(many.weakest().kind, PoolKind::nat_ports);
    EXPECT_EQ(many.weakest().symptom, Symptom::syn_timeout);
    EXPECT_NEAR(core::seconds(many.first_full()->exhaustion.value()), 50'000 / 8000.0, 1e-9);
    EXPECT_NEAR(many.failing_share(), 1 - 50'000 / 65.0 / 8000, 1e-12);
}

TEST(Chain, OffersATraceOnceWhateverTheNumberOfHosts) {
    scenario::Scenario many = behind("azure-nat-gateway", {"topology.hosts=200", "load.rate=40/s"});
    many.load.arrivals = core::Arrivals::trace;
    EXPECT_EQ(chain_of(many).offered->per_second, 40);
    EXPECT_EQ(chain_of(many).first_full(), nullptr);
}

TEST(Chain, HoldsAConnectionForItsTimeOpenToo) {
    EXPECT_NEAR(lasts("azure-nat-gateway", {"topology.hosts=200", "load.hold=5s"}), 50'000 / 70.0, 1e-9);
}

TEST(Chain, AzureNatGateway) {
    const std::vector<std::string> hosts{"topology.hosts=200"};
    EXPECT_NEAR(lasts("azure-nat-gateway", hosts), 769.2, 0.1) << "50,000 towards one destination";
    EXPECT_NEAR(lasts("azure-nat-gateway", {"topology.hosts=200", "nat.connections_per_destination=off"}), 992.5, 0.1);
    EXPECT_NEAR(
        lasts("azure-nat-gateway", {"topology.hosts=200", "nat.connections_per_destination=off", "load.linger=0s"}),
        4032, 0.1)
        << "16 s after RST";
}

TEST(Chain, AwsNatGateway) {
    // How long a port stays taken is not documented; the profile says 240 s and marks it.
    EXPECT_NEAR(lasts("aws-nat-gateway", {"topology.hosts=200"}), 55'000 / 240.0, 1e-9);
    EXPECT_NEAR(lasts("aws-nat-gateway", {"topology.hosts=200", "nat.after_fin=60s", "load.hold=1s"}), 55'000 / 61.0,
                1e-9);
    EXPECT_EQ(chain_of(behind("aws-nat-gateway", {"nat.addresses=8"})).pools.back().capacity, 440'000U);
}

TEST(Chain, AzureLoadBalancerByThePoolSize) {
    for (const auto& [hosts, share] : std::vector<std::pair<int, double>>{{1, 1024},
                                                                          {50, 1024},
                                                                          {51, 512},
                                                                          {100, 512},
                                                                          {101, 256},
                                                                          {200, 256},
                                                                          {201, 128},
                                                                          {400, 128},
                                                                          {401, 64},
                                                                          {800, 64},
                                                                          {801, 32},
                                                                          {1000, 32}}) {
        const std::string count = "topology.hosts=" + std::to_string(hosts);
        EXPECT_NEAR(lasts("azure-lb-snat", {count}) / hosts, share / 240, 1e-9) << hosts << " hosts";
    }
    EXPECT_EQ(chain_of(behind("azure-lb-snat", {"topology.hosts=400"})).weakest().kind, PoolKind::host_share);
}

TEST(Chain, GcpCloudNat) {
    EXPECT_NEAR(lasts("gcp-cloud-nat", {"topology.hosts=100"}) / 100, 0.5333, 0.0001);
    EXPECT_NEAR(lasts("gcp-cloud-nat-dynamic", {"topology.hosts=100"}) / 100, 512 / 120.0, 1e-9)
        << "doubled from 32 as long as 100 hosts fit into 64,512 ports";
    EXPECT_NEAR(lasts("gcp-cloud-nat-dynamic", {"topology.hosts=1", "host.ports=1024-65535"}), 32'768 / 120.0, 1e-9);
}

TEST(Chain, LinuxConntrack) {
    const Chain chain = chain_of(behind("linux-conntrack-snat", {"topology.hosts=100"}));
    const ChainPool& ports = *pool_of(chain, PoolKind::nat_ports);
    EXPECT_NEAR(static_cast<double>(ports.capacity) / core::seconds(ports.residence()), 537.6, 1e-9);
    EXPECT_NEAR(ports.sustainable_per_s, 537.6 * std::pow(0.01, 1 / 248.0), 1e-9) << "248 tries find none before";
    EXPECT_NEAR(pool_of(chain, PoolKind::nat_table)->sustainable_per_s, 262'144 / 120.0, 1e-9);
    EXPECT_NEAR(lasts("linux-conntrack-snat", {"topology.hosts=100", "nat.max_connections=12000"}), 100, 1e-9);
}

TEST(Chain, OfConntrackIsNeverFullerThanThePairsOfItsHosts) {
    const Chain two = chain_of(behind("linux-conntrack-snat", {"topology.hosts=2", "load.rate=400/s"}));
    EXPECT_TRUE(std::isinf(pool_of(two, PoolKind::nat_ports)->sustainable_per_s)) << "2 x 28,232 fit into 63,325";
    const Chain three = chain_of(behind("linux-conntrack-snat", {"topology.hosts=3", "load.rate=400/s"}));
    EXPECT_EQ(three.weakest().kind, PoolKind::nat_ports);
}

TEST(Chain, OfConntrackThatEvictsHoldsOpenConnectionsOnly) {
    EXPECT_EQ(nat_holds_for(behind("linux-conntrack-snat-6.7").nat, Holding::time_wait), 0s);
    const Chain chain = chain_of(behind("linux-conntrack-snat-6.7", {"topology.hosts=100", "load.hold=10s"}));
    EXPECT_NEAR(pool_of(chain, PoolKind::nat_ports)->sustainable_per_s, 64'512 * std::pow(0.01, 1 / 248.0) / 10, 1e-6);
}

TEST(Chain, CarrierGradeNatGrowsByBlocks) {
    EXPECT_EQ(grown_share(behind("cgnat").nat, 10), 2048U) << "four blocks of 512";
    EXPECT_EQ(grown_share(behind("cgnat").nat, 60), 1024U) << "60 x 1,024 fit, 60 x 1,536 do not";
    EXPECT_NEAR(lasts("cgnat", {"topology.hosts=10"}) / 10, 2048 / 240.0, 1e-9);
}

TEST(Chain, HasHostsWithoutAnyShare) {
    const Chain chain = chain_of(behind("cgnat", {"topology.hosts=300", "load.rate=1/s"}));
    EXPECT_EQ(chain.weakest().kind, PoolKind::host_share);
    EXPECT_EQ(chain.weakest().sustainable_per_s, 0);
    EXPECT_NEAR(chain.weakest().unserved, 174 / 300.0, 1e-12) << "64,512 / 512 = 126";
    EXPECT_NEAR(chain.failing_share(), 174 / 300.0, 1e-12) << "the others' 512 / 240 s last";
    EXPECT_EQ(chain.first_full()->exhaustion, 0s);
}

TEST(Chain, LetsInWhatTheOtherDestinationsHavePlacesFor) {
    const Chain chain = chain_of(behind("azure-nat-gateway", {"topology.hosts=200", "host.destinations=2",
                                                              "topology.destination_skew=1", "load.rate=9/s"}));
    const double each = 50'000 / 65.0;  // of 1,800/s the first wants 1,200/s, the second 600/s
    EXPECT_NEAR(chain.failing_share(), 1 - (each + 600) / 1800, 1e-12);
}

TEST(Chain, LetsInMoreOfHostsWhoseShareGrewLast) {
    const scenario::Scenario hundred = behind("gcp-cloud-nat-dynamic", {"topology.hosts=100", "load.rate=6/s"});
    EXPECT_EQ(last_growth(hundred.nat, 100).hosts, 26U) << "(64,512 - 100 x 512) / 512";
    EXPECT_EQ(last_growth(hundred.nat, 100).share, 1024U);
    EXPECT_NEAR(chain_of(hundred).failing_share(), 1 - (26 * 6 + 74 * 512 / 120.0) / 600, 1e-12);
}

TEST(Chain, UsesAPortOncePerDestination) {
    EXPECT_NEAR(lasts("azure-nat-gateway", {"topology.hosts=200", "host.destinations=4"}), 4 * 50'000 / 65.0, 1e-9);
    EXPECT_NEAR(lasts("gcp-cloud-nat", {"topology.hosts=100", "host.destinations=4"}), 4 * 100 * 64 / 120.0, 1e-9);
    EXPECT_NEAR(lasts("rfc5382", {"topology.hosts=100", "host.destinations=4"}), 64'512 / 240.0, 1e-9)
        << "no port for two connections (REQ-7)";
}

TEST(Chain, BreaksAtTheMostPopularDestination) {
    const std::vector<std::string> settings{"topology.hosts=200", "host.destinations=4", "topology.destination_skew=1",
                                            "load.rate=40/s"};
    const Chain chain = chain_of(behind("azure-nat-gateway", settings));
    const double popular = 1 / (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0);
    EXPECT_NEAR(popularities(behind("azure-nat-gateway", settings)).front(), popular, 1e-12);
    EXPECT_EQ(chain.weakest().capacity, 50'000U);
    EXPECT_NEAR(chain.weakest().sustainable_per_s, 50'000 / 65.0 / popular, 1e-9);
    EXPECT_NEAR(core::seconds(chain.first_full()->exhaustion.value()), 50'000 / (8000 * popular), 1e-6);
    EXPECT_NEAR(pool_of(chain, PoolKind::client_ports)->sustainable_per_s, 200 * 28'232 / 60.0 / popular, 1e-6);
}

TEST(Chain, KeepsPortsForEverWhereTheNatNeverSeesBothFins) {
    EXPECT_EQ(lasts("azure-nat-gateway", {"topology.hosts=200", "load.closer=never"}), 0);
    const Chain slots =
        chain_of(behind("azure-nat-gateway", {"topology.hosts=200", "load.closer=never", "load.in_flight=100"}));
    EXPECT_EQ(slots.first_full(), nullptr) << "20,000 slots that never come back are fewer than 50,000 ports";
}

TEST(Chain, CountsTheServersEntriesWithoutTakingThemForFailures) {
    const Chain chain =
        chain_of(behind("azure-nat-gateway", {"topology.hosts=200", "load.closer=server", "host.max_time_wait=1000"}));
    const ChainPool& entries = *pool_of(chain, PoolKind::server_time_wait);
    EXPECT_NEAR(entries.sustainable_per_s, 1000 / 60.0, 1e-9);
    EXPECT_EQ(chain.weakest().kind, PoolKind::nat_ports);
    EXPECT_NEAR(chain.weakest().sustainable_per_s, 50'000 / 65.0, 1e-9) << "the NAT holds its port whoever closes";
}

TEST(Nat, SearchesThatGiveUpAreFullBeforeTheirLastPort) {
    scenario::Nat nat;
    EXPECT_EQ(reachable(nat, 1000), 1000) << "any free port is found";
    nat.port_choice = scenario::NatPorts::preserve;
    EXPECT_NEAR(reachable(nat, 64'512), 63'325, 1);
}

}  // namespace
}  // namespace portdrought::laws
