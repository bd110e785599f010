#include <gtest/gtest.h>

#include <cmath>

#include "model/nat/made_nats.hpp"

namespace portdrought::model {
namespace {

/// The port that the outside sees.
std::uint32_t outside(const scenario::Nat& nat, const std::optional<NatPort>& port) {
    return port ? nat.ports.first + std::uint32_t{port->slot} : 0;
}

TEST(Conntrack, KeepsTheSourcePortWhereItIsFree) {
    const scenario::Nat values = preserving_nat(64'512);
    Nat nat(values, 2, 2, 1);
    EXPECT_EQ(outside(values, nat.open({0, 20'000, 0}, start)), 20'000U);
    EXPECT_EQ(outside(values, nat.open({1, 20'000, 1}, start)), 20'000U) << "another destination";
    EXPECT_EQ(outside(values, nat.open({1, 20'001, 0}, start)), 20'001U);
    const auto taken = nat.open({1, 20'000, 0}, start);
    ASSERT_TRUE(taken);
    EXPECT_NE(outside(values, taken), 20'000U);
}

TEST(Conntrack, LooksElsewhereForAPortOutsideItsRange) {
    scenario::Nat values = preserving_nat(1);
    values.ports = {40'000, 40'009};
    Nat nat(values, 1, 1, 1);
    for (std::uint16_t i = 0; i < 10; ++i)
        EXPECT_TRUE(values.ports.contains(static_cast<std::uint16_t>(
            outside(values, nat.open({0, static_cast<std::uint16_t>(1024 + i), 0}, start)))));
    EXPECT_FALSE(nat.open({0, 2000, 0}, start));
}

TEST(Conntrack, KeepsItsEntriesForTheirTime) {
    const scenario::Nat values = preserving_nat(64'512);
    const struct {
        FlowEnd end;
        core::Duration time;
    } cases[] = {{FlowEnd::fin, 4s}, {FlowEnd::reset, 2s}, {FlowEnd::half_open, 1s}};
    for (const auto& [end, time] : cases) {
        Nat nat(values, 2, 1, 1);
        nat.close(*nat.open({0, 20'000, 0}, start), end, 1s);
        EXPECT_EQ(nat.in_use(1s + time - 1ns), 1U);
        EXPECT_NE(outside(values, nat.open({1, 20'000, 0}, 1s + time - 1ns)), 20'000U);
        EXPECT_EQ(nat.in_use(1s + time), 1U) << "the other host's";
        EXPECT_EQ(outside(values, nat.open({0, 20'000, 0}, 1s + time)), 20'000U);
    }
}

TEST(Conntrack, AFlowOfTheSameTupleTakesItsFormerOnesPlace) {
    const scenario::Nat values = preserving_nat(4);
    for (const FlowEnd end : {FlowEnd::fin, FlowEnd::reset, FlowEnd::half_open}) {
        Nat nat(values, 1, 1, 1);
        const NatFlow flow{0, 1024, 0};
        for (int i = 0; i < 10; ++i) {
            const auto port = nat.open(flow, start + i * 100ms);
            ASSERT_EQ(outside(values, port), 1024U);
            EXPECT_EQ(nat.in_use(start + i * 100ms), 1U);
            if (i < 9) nat.close(*port, end, start + i * 100ms);
        }
        EXPECT_EQ(nat.in_use(1h), 1U) << "no former release ends a flow that is open";
    }
}

TEST(Conntrack, AFormerFlowOnAnotherPortMakesWayToo) {
    const scenario::Nat values = preserving_nat(2);
    Nat nat(values, 2, 1, 1);
    ASSERT_EQ(outside(values, nat.open({0, 1024, 0}, start)), 1024U);
    const auto moved = nat.open({1, 1024, 0}, start);
    ASSERT_EQ(outside(values, moved), 1025U);
    nat.close(*moved, FlowEnd::fin, start);
    EXPECT_FALSE(nat.open({1, 1025, 0}, start)) << "its port is still held";
    EXPECT_EQ(nat.open({1, 1024, 0}, start), moved);
}

TEST(Conntrack, EvictsClosedFlowsButNoOthers) {
    scenario::Nat values = preserving_nat(64);
    values.evicts = true;
    Nat nat(values, 3, 1, 1);
    std::vector<NatPort> ports;
    for (std::uint16_t i = 0; i < 64; ++i)
        ports.push_back(*nat.open({0, static_cast<std::uint16_t>(1024 + i), 0}, start));
    EXPECT_FALSE(nat.open({1, 1024, 0}, start)) << "all are open";
    for (std::size_t i = 0; i < 32; ++i) nat.close(ports[i], FlowEnd::half_open, start);
    EXPECT_FALSE(nat.open({1, 1024, 0}, start)) << "nobody knows whether they are over";
    for (std::size_t i = 32; i < 64; ++i) nat.close(ports[i], i % 2 == 0 ? FlowEnd::fin : FlowEnd::reset, start);
    std::uint64_t got = 0;
    for (std::uint16_t i = 0; i < 2000; ++i)
        got += nat.open({1, static_cast<std::uint16_t>(1100 + i), 0}, start).has_value();
    EXPECT_EQ(got, 32U);
    EXPECT_EQ(nat.use().evicted, 32U);
    EXPECT_EQ(nat.in_use(start), 64U);
    EXPECT_EQ(nat.in_use(1h), 32U) << "those whose ports were taken over are open";
}

TEST(Conntrack, SparesClosedFlowsWithoutEviction) {
    Nat nat(preserving_nat(64), 2, 1, 1);
    for (std::uint16_t i = 0; i < 64; ++i)
        nat.close(*nat.open({0, static_cast<std::uint16_t>(1024 + i), 0}, start), FlowEnd::fin, start);
    EXPECT_FALSE(nat.open({1, 1024, 0}, start));
    EXPECT_EQ(nat.use().evicted, 0U);
}

TEST(Conntrack, AHostComesFromOneAddress) {
    scenario::Nat values = preserving_nat(1000);
    values.addresses = 4;
    Nat nat(values, 400, 1, 1);
    std::vector<int> hosts(4);
    for (std::uint32_t host = 0; host < 400; ++host) {
        const auto first = nat.open({host, 1024, 0}, start), second = nat.open({host, 1500, 0}, start);
        ASSERT_TRUE(first && second);
        EXPECT_EQ(first->address, second->address);
        ++hosts[first->address];
    }
    for (const int count : hosts) EXPECT_NEAR(count, 100, 40);
}

TEST(Conntrack, ItsTableIsFullAtItsMaximum) {
    scenario::Nat values = preserving_nat(1000);
    values.max_connections = 10;
    Nat nat(values, 1, 2, 1);
    EXPECT_EQ(nat.use().capacity, 10U);
    EXPECT_EQ(fill(nat, 0, 0), 10U);
    EXPECT_FALSE(nat.open({0, 5000, 1}, start)) << "towards any destination";
}

TEST(Conntrack, LimitsConnectionsPerDestination) {
    scenario::Nat values = preserving_nat(1000);
    values.connections_per_destination = 10;
    Nat nat(values, 1, 2, 1);
    EXPECT_EQ(nat.use().capacity, 10U);
    EXPECT_EQ(fill(nat, 0, 0), 10U);
    EXPECT_EQ(fill(nat, 0, 1), 10U);
}

}  // namespace
}  // namespace portdrought::model
