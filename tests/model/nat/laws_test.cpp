// NATs beside the closed forms of what they sustain and how often they fail.
#include <gtest/gtest.h>

#include <cmath>

#include "model/nat/made_nats.hpp"
#include "model/random.hpp"

namespace portdrought::model {
namespace {

/// Half the width of an interval that holds the share of `trials` independent ones but once in 15,787 times (z = 4).
double half_width(double share, double trials) { return 4 * std::sqrt(share * (1 - share) / trials); }

constexpr std::uint32_t all_ports = 64'512;

/// Takes `count` ports, all of them in no order: each host asks for a port that is as good as random.
void occupy(Nat& nat, std::uint32_t count) {
    std::vector<std::uint16_t> ports(all_ports);
    for (std::uint32_t i = 0; i < all_ports; ++i) ports[i] = static_cast<std::uint16_t>(1024 + i);
    Random random(5);
    for (std::uint32_t i = 0; i < count; ++i) {
        std::swap(ports[i], ports[i + random.below(all_ports - i)]);
        ASSERT_TRUE(nat.open({i, ports[i], 0}, start));
    }
}

// A new flow's own port is one of the free ones with the chance 1 - u, the 248 others are as good as independent as
// long as the occupied ones lie in no order: it fails with the chance u^249.
TEST(NatLaws, ConntrackFailsAsOftenAsItsTriesAllow) {
    const scenario::Nat values = preserving_nat(all_ports);
    for (const double occupied : {0.98, 0.985, 0.99, 0.995}) {
        const auto count = static_cast<std::uint32_t>(occupied * all_ports);
        Nat nat(values, count + 1, 1, 9);
        occupy(nat, count);
        Random random(6);
        constexpr double trials = 20'000;
        double failed = 0;
        for (int i = 0; i < trials; ++i) {
            const NatFlow flow{count, static_cast<std::uint16_t>(1024 + random.below(all_ports)), 0};
            const auto port = nat.open(flow, start + i * 4s);
            if (port)
                nat.close(*port, FlowEnd::fin, start + i * 4s);
            else
                ++failed;
        }
        const double law = std::pow(static_cast<double>(count) / all_ports, 249);
        EXPECT_NEAR(failed / trials, law, half_width(law, trials) + 0.02 * law) << occupied;
    }
}

// Birthdays: n hosts from random ports, the chance that none of them has to move.
TEST(NatLaws, PortsArePreservedUntilTwoHostsHaveTheSame) {
    for (const std::uint32_t hosts : {150U, 299U, 500U}) {
        const double law = std::exp(-0.5 * hosts * (hosts - 1) / all_ports);
        Nat nat(preserving_nat(all_ports), hosts, 1, 3);
        Random random(hosts);
        constexpr int trials = 4000;
        double kept = 0;
        for (int trial = 0; trial < trials; ++trial) {
            const core::Instant now = start + trial * 4s;
            bool all = true;
            for (std::uint32_t host = 0; host < hosts; ++host) {
                const NatFlow flow{host, static_cast<std::uint16_t>(1024 + random.below(all_ports)), 0};
                const auto port = nat.open(flow, now);
                ASSERT_TRUE(port);
                all &= port->slot + 1024U == flow.source_port;
                nat.close(*port, FlowEnd::fin, now);
            }
            kept += all;
        }
        EXPECT_NEAR(kept / trials, law, half_width(law, trials) + 0.01) << hosts;
    }
}

struct Ceiling {
    const char* name;
    scenario::Nat nat;
    std::uint32_t hosts;
    FlowEnd end;
    double per_second;
    double tolerance;
};

/// Five times the ceiling is offered for four times the time a port is taken; what is carried in the last two of them.
double sustained(const Ceiling& ceiling, core::Duration time) {
    Nat nat(ceiling.nat, ceiling.hosts, 1, 1);
    const core::Duration gap = core::from_seconds(0.2 / ceiling.per_second);
    return static_cast<double>(carried(nat, ceiling.hosts, gap, 2 * time, 4 * time, ceiling.end)) /
           core::seconds(2 * time);
}

scenario::Nat cloud(core::Duration after_fin, core::Duration after_reset) {
    scenario::Nat nat;
    nat.profile = "made for a test";
    nat.after_fin = after_fin;
    nat.after_reset = after_reset;
    return nat;
}

TEST(NatLaws, SustainsTheCeilingsOfClouds) {
    scenario::Nat aws = cloud(60s, 60s), azure = cloud(65s, 16s), azure_by_ports = azure, gcp = cloud(120s, 120s);
    aws.connections_per_destination = 55'000;
    azure.connections_per_destination = 50'000;
    gcp.ports_per_host = 64;
    scenario::Nat conntrack = cloud(120s, 10s);
    conntrack.port_choice = scenario::NatPorts::preserve;
    scenario::Nat balancer = cloud(240s, 15s);
    balancer.ports = {1024, 65'023};
    balancer.ports_by_hosts = {{50, 1024}, {100, 512}, {200, 256}, {400, 128}, {800, 64}, {1000, 32}};
    const Ceiling ceilings[] = {
        {"AWS NAT gateway, ports back after 60 s", aws, 10, FlowEnd::fin, 55'000 / 60.0, 0.001},
        {"Azure NAT gateway", azure, 10, FlowEnd::fin, 50'000 / 65.0, 0.001},
        {"Azure NAT gateway, resets", azure, 10, FlowEnd::reset, 50'000 / 16.0, 0.001},
        {"Azure NAT gateway, by its ports", azure_by_ports, 10, FlowEnd::fin, 64'512 / 65.0, 0.001},
        {"Google Cloud NAT, one VM", gcp, 1, FlowEnd::fin, 64 / 120.0, 0.001},
        {"Google Cloud NAT, 100 VMs", gcp, 100, FlowEnd::fin, 6400 / 120.0, 0.001},
        {"Google Cloud NAT, 2000 VMs", gcp, 2000, FlowEnd::fin, 1008 * 64 / 120.0, 0.001},
        {"Linux, resets", conntrack, 10, FlowEnd::reset, 64'512 / 10.0, 0.01},
        {"Linux", conntrack, 10, FlowEnd::fin, 64'512 / 120.0, 0.01},
        {"Azure load balancer, 50 instances", balancer, 50, FlowEnd::fin, 50 * 1024 / 240.0, 0.001},
        {"Azure load balancer, 400 instances", balancer, 400, FlowEnd::fin, 400 * 128 / 240.0, 0.001},
        {"Azure load balancer, 1000 instances", balancer, 1000, FlowEnd::fin, 1000 * 32 / 240.0, 0.001},
    };
    for (const Ceiling& ceiling : ceilings) {
        const core::Duration time = ceiling.end == FlowEnd::fin ? ceiling.nat.after_fin : ceiling.nat.after_reset;
        EXPECT_NEAR(sustained(ceiling, time) / ceiling.per_second, 1, ceiling.tolerance) << ceiling.name;
    }
}

TEST(NatLaws, MemoryFollowsFromPortsNotFromFlows) {
    for (const auto choice : {scenario::NatPorts::random, scenario::NatPorts::preserve}) {
        scenario::Nat values = small_nat(1000);
        values.port_choice = choice;
        Nat nat(values, 3, 1, 1);
        std::uint64_t early = 0;
        for (std::uint32_t i = 0; i < 2'000'000; ++i) {
            const core::Instant now = start + i * 1ms;
            const NatFlow flow{i % 3, static_cast<std::uint16_t>(1024 + i / 3 % 400), 0};
            if (const auto port = nat.open(flow, now)) nat.close(*port, static_cast<FlowEnd>(i % 3), now);
            if (i == 20'000) early = nat.bytes();
        }
        EXPECT_EQ(nat.bytes(), early);
    }
}

}  // namespace
}  // namespace portdrought::model
