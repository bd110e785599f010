#include <gtest/gtest.h>

#include "model/chi_square.hpp"
#include "model/nat/made_nats.hpp"
#include "model/nat/shares.hpp"

namespace portdrought::model {
namespace {

TEST(Gateway, APortServesOneFlowPerDestination) {
    scenario::Nat values = small_nat(50);
    values.addresses = 2;
    Nat nat(values, 1, 3, 1);
    EXPECT_EQ(nat.use().capacity, 100U);
    for (std::uint32_t destination = 0; destination < 3; ++destination) EXPECT_EQ(fill(nat, 0, destination), 100U);
    EXPECT_EQ(nat.in_use(start), 300U);
    EXPECT_EQ(nat.dropped(), 3U);
}

TEST(Gateway, LimitsConnectionsPerDestinationOfEachAddress) {
    scenario::Nat values = small_nat(50);
    values.addresses = 2;
    values.connections_per_destination = 30;
    Nat nat(values, 1, 2, 1);
    EXPECT_EQ(nat.use().capacity, 60U);
    EXPECT_EQ(fill(nat, 0, 0), 60U);
    EXPECT_EQ(fill(nat, 0, 1), 60U);
}

TEST(Gateway, TakesAnyAddressWithRoomWithTheSameChance) {
    scenario::Nat values = small_nat(2);
    values.addresses = 100;
    Nat nat(values, 1, 1, 1);
    core::Instant now = start;
    while (const auto port = nat.open({0, 1024, 0}, now))
        if (port->address % 20 == 7) nat.close(*port, FlowEnd::fin, now);
    now += 10s;  // five addresses of a hundred have room
    Frequencies counts(100);
    for (int i = 0; i < 5000; ++i, now += 10s) {
        const auto port = nat.open({0, 1024, 0}, now);
        ASSERT_TRUE(port);
        ++counts[port->address];
        nat.close(*port, FlowEnd::fin, now);
    }
    std::erase(counts, 0);
    ASSERT_EQ(counts.size(), 5U);
    EXPECT_LT(chi_square_of_even(counts), chi_square_limit(5));
}

TEST(Gateway, LimitsAllConnectionsTogether) {
    scenario::Nat values = small_nat(50);
    values.max_connections = 70;
    Nat nat(values, 1, 2, 1);
    EXPECT_EQ(nat.use().capacity, 50U);
    EXPECT_EQ(fill(nat, 0, 0), 50U);
    EXPECT_EQ(fill(nat, 0, 1), 20U);
}

TEST(Gateway, APortComesBackAfterItsTime) {
    const struct {
        FlowEnd end;
        core::Duration time;
    } cases[] = {{FlowEnd::fin, 4s}, {FlowEnd::reset, 2s}, {FlowEnd::half_open, 1s}};
    for (const auto& [end, time] : cases) {
        Nat nat(small_nat(1), 1, 1, 1);
        nat.close(*nat.open({0, 2000, 0}, start), end, 1s);
        EXPECT_EQ(nat.in_use(1s + time - 1ns), 1U);
        EXPECT_FALSE(nat.open({0, 2000, 0}, 1s + time - 1ns)) << "the same tuple is a flow like any other";
        EXPECT_TRUE(nat.open({0, 2000, 0}, 1s + time));
    }
}

TEST(Gateway, SaysWhenItDroppedFirst) {
    Nat nat(small_nat(1), 1, 1, 1);
    EXPECT_FALSE(nat.use().first_drop_s);
    EXPECT_TRUE(nat.open({0, 2000, 0}, 1s));
    EXPECT_FALSE(nat.open({0, 2001, 0}, 1500ms));
    EXPECT_FALSE(nat.open({0, 2002, 0}, 3s));
    EXPECT_EQ(nat.use().first_drop_s, 1.5);
    EXPECT_EQ(nat.use().dropped, 2U);
    EXPECT_EQ(nat.use().flows, 1U);
    EXPECT_EQ(nat.use().peak, 1U);
}

TEST(Gateway, TakesPortsInTurn) {
    scenario::Nat values = small_nat(3);
    values.port_choice = scenario::NatPorts::sequential;
    Nat nat(values, 1, 1, 1);
    for (std::uint16_t slot = 0; slot < 3; ++slot) {
        const auto port = nat.open({0, static_cast<std::uint16_t>(3000 + slot), 0}, start);
        ASSERT_TRUE(port);
        EXPECT_EQ(port->slot, slot);
        nat.close(*port, slot == 1 ? FlowEnd::half_open : FlowEnd::fin, start);
    }
    EXPECT_EQ(nat.open({0, 4000, 0}, 1s)->slot, 1) << "the only one that is back";
}

TEST(Gateway, AHostHasItsOwnPorts) {
    scenario::Nat values = small_nat(100);
    values.ports_per_host = 30;
    Nat nat(values, 4, 2, 1);
    for (std::uint32_t host = 0; host < 3; ++host) {
        EXPECT_EQ(fill(nat, host, 0), 30U);
        EXPECT_EQ(fill(nat, host, 1), 30U);
    }
    EXPECT_EQ(fill(nat, 3, 0), 0U) << "the fourth gets none: 3 x 30 of 100 are set aside";
    EXPECT_EQ(nat.use().capacity, 90U);
}

TEST(Gateway, TheShareFollowsFromTheNumberOfHosts) {
    scenario::Nat values = small_nat(64'000);
    values.ports_per_host = 5;
    values.ports_by_hosts = {{50, 1024}, {100, 512}, {200, 256},
                             {400, 128}, {800, 64},  {1000, 32}};  // Azure, its table
    const struct {
        std::uint32_t hosts, ports;
    } cases[] = {{1, 1024},  {50, 1024}, {51, 512},  {100, 512}, {101, 256},
                 {400, 128}, {801, 32},  {1000, 32}, {5000, 32}};
    for (const auto& [hosts, ports] : cases) {
        EXPECT_EQ(first_share(values, hosts), ports) << hosts;
        Nat nat(values, hosts, 1, 1);
        EXPECT_EQ(fill(nat, hosts == 5000 ? 1999 : hosts - 1, 0), ports) << hosts << ", the last with a share";
    }
}

TEST(Gateway, AShareGrowsTwofoldUpToItsMaximum) {
    scenario::Nat values = small_nat(1000);
    values.ports_per_host = 32;
    values.max_ports_per_host = 256;
    Nat nat(values, 2, 1, 1);
    EXPECT_EQ(fill(nat, 0, 0), 256U);
    EXPECT_EQ(fill(nat, 1, 0), 256U);
}

TEST(Gateway, AShareGrowsWhileSomethingIsLeft) {
    scenario::Nat values = small_nat(200);
    values.ports_per_host = 32;
    values.max_ports_per_host = 1000;
    Nat twofold(values, 2, 1, 1);  // 64 of 200 set aside: 32 more, then 64 more, then 40 are left, too few for 128
    EXPECT_EQ(fill(twofold, 0, 0), 128U);
    EXPECT_EQ(fill(twofold, 1, 0), 64U);
    values.growth = scenario::NatGrowth::block;
    Nat blocks(values, 2, 1, 1);
    EXPECT_EQ(fill(blocks, 0, 0), 160U);  // all six blocks of 32 but the other host's
    EXPECT_EQ(fill(blocks, 1, 0), 32U);
}

TEST(Gateway, AShareDoesNotShrink) {
    scenario::Nat values = small_nat(96);
    values.ports_per_host = 32;
    values.max_ports_per_host = 64;
    Nat nat(values, 2, 1, 1);
    std::vector<NatPort> ports;
    for (std::uint16_t i = 0; i < 64; ++i)
        ports.push_back(*nat.open({0, static_cast<std::uint16_t>(1024 + i), 0}, start));
    for (const NatPort port : ports) nat.close(port, FlowEnd::fin, start);
    EXPECT_EQ(fill(nat, 1, 0, 1h), 32U);
}

TEST(Gateway, AShareLiesWithinOneAddress) {
    scenario::Nat values = small_nat(50);
    values.addresses = 2;
    values.ports_per_host = 30;
    Nat nat(values, 4, 1, 1);
    for (const std::uint32_t host : {0U, 1U}) {
        const auto port = nat.open({host, 5000, 0}, start);
        ASSERT_TRUE(port);
        EXPECT_EQ(port->address, host);
    }
    EXPECT_FALSE(nat.open({2, 5000, 0}, start)) << "20 ports of each address are left, and no 30 together";
}

TEST(Gateway, KeepsTheHostsPortWhereItIsItsOwn) {
    scenario::Nat values = small_nat(100);
    values.port_choice = scenario::NatPorts::preserve;
    values.ports_per_host = 50;
    Nat nat(values, 2, 1, 1);
    EXPECT_EQ(nat.open({1, 1024 + 70, 0}, start)->slot, 70);
    EXPECT_LT(nat.open({0, 1024 + 70, 0}, start)->slot, 50);
}

}  // namespace
}  // namespace portdrought::model
