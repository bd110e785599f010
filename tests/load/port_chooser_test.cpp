#include "load/port_chooser.hpp"

#include <gtest/gtest.h>

#include <set>

namespace portdrought::load {
namespace {

using namespace std::chrono_literals;

scenario::Host host_with(core::PortRange ports, scenario::PortChoice choice) {
    scenario::Host host;
    host.ports = ports;
    host.port_choice = choice;
    return host;
}

TEST(PortChooser, SequentialChoiceTakesOnePortAfterTheOtherAndWraps) {
    PortChooser chooser(host_with({1025, 1027}, scenario::PortChoice::sequential), 1, 1);
    std::vector<std::uint16_t> ports;
    for (int i = 0; i < 5; ++i) ports.push_back(chooser.next_free(0, 0s).value());
    EXPECT_EQ(ports, (std::vector<std::uint16_t>{1025, 1026, 1027, 1025, 1026}));
}

TEST(PortChooser, StartsAtTheScenariosFirstPort) {
    scenario::Host host = host_with({1025, 5000}, scenario::PortChoice::sequential);
    host.first_port = 3129;
    EXPECT_EQ(PortChooser(host, 1, 1).next_free(0, 0s), 3129);
}

TEST(PortChooser, SkipsReservedAndTakenPorts) {
    scenario::Host host = host_with({2000, 2004}, scenario::PortChoice::sequential);
    host.reserved_ports = {{2001, 2002}};
    PortChooser chooser(host, 1, 1);
    EXPECT_EQ(chooser.next_free(0, 0s), 2000);
    chooser.taken_until(0, 2003, 5s);
    EXPECT_EQ(chooser.next_free(0, 4s), 2004);
    EXPECT_EQ(chooser.next_free(0, 4s), 2000);
    EXPECT_EQ(chooser.next_free(0, 5s), 2003);
}

TEST(PortChooser, KnowsWhenAllAreTakenAndStillNamesOneInTurn) {
    PortChooser chooser(host_with({2000, 2001}, scenario::PortChoice::sequential), 1, 1);
    chooser.taken_until(0, 2000, 9s);
    chooser.taken_until(0, 2001, 9s);
    EXPECT_EQ(chooser.next_free(0, 1s), std::nullopt);
    EXPECT_NE(chooser.next_in_turn(), chooser.next_in_turn());
}

TEST(PortChooser, TuplesShareTheCounterButNotThePorts) {
    // The relay's outbound leg takes every second port, as in the article's listing.
    PortChooser chooser(host_with({3129, 3200}, scenario::PortChoice::sequential), 2, 1);
    EXPECT_EQ(chooser.next_free(0, 0s), 3129);
    chooser.taken_until(0, 3129, 9s);
    EXPECT_EQ(chooser.next_free(1, 0s), 3130);
    EXPECT_EQ(chooser.next_free(0, 0s), 3131);
}

TEST(PortChooser, RandomChoiceIsSeededAndReachesEveryPort) {
    const scenario::Host host = host_with({2000, 2063}, scenario::PortChoice::random);
    PortChooser one(host, 1, 7), other(host, 1, 7), different(host, 1, 8);
    std::set<std::uint16_t> seen;
    bool differs = false;
    for (int i = 0; i < 64; ++i) {
        const auto port = one.next_free(0, 0s);
        ASSERT_TRUE(port);
        EXPECT_EQ(other.next_free(0, 0s), port);
        differs |= different.next_free(0, 0s) != port;
        one.taken_until(0, *port, 9s);
        other.taken_until(0, *port, 9s);
        seen.insert(*port);
    }
    EXPECT_EQ(seen.size(), 64U);
    EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace portdrought::load
