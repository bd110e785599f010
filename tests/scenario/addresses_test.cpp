#include "scenario/addresses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portdrought::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Scenario with(const char* server, std::uint32_t sources, std::uint32_t addresses) {
    Scenario scenario;
    scenario.server.address = server;
    scenario.host.sources = sources;
    scenario.host.destination_addresses = addresses;
    return scenario;
}

std::vector<std::string> texts(const std::vector<core::Address>& addresses) {
    std::vector<std::string> texts;
    for (const auto& address : addresses) texts.push_back(to_string(address));
    return texts;
}

TEST(ServerAddress, IsALoopbackAddressOrOneOfTheLab) {
    for (const char* text : {"127.0.0.1", "127.255.255.254", "::1", "fd00::1", "fd00::ffff:ffff:ffff:ffff"})
        EXPECT_TRUE(is_server_address(address_of(text))) << text;
    for (const char* text : {"127.0.0.0", "127.255.255.255", "128.0.0.1", "10.0.0.1", "::", "::2",
                             "fd00::", "fd00:0:0:1::1", "fd01::1", "fe80::1", "2001:db8::1"})
        EXPECT_FALSE(is_server_address(address_of(text))) << text;
}

TEST(SourceAddress, IsOfTheServersFamily) {
    EXPECT_EQ(to_string(source_address(with("127.0.3.1", 1, 1), 0)), "127.0.0.1");
    EXPECT_EQ(to_string(source_address(with("127.0.3.1", 250, 1), 249)), "127.0.0.250");
    EXPECT_EQ(to_string(source_address(with("fd00::7", 1, 1), 0)), "fd00::1");
    EXPECT_EQ(to_string(source_address(with("::1", 1, 1), 0)), "::1");
    EXPECT_EQ(to_string(source_address(with("::1", 2, 1), 1)), "fd00::2");
}

TEST(AddressesToAdd, AreThoseTheKernelDoesNotHaveByItself) {
    EXPECT_THAT(addresses_to_add(with("127.0.0.1", 4, 4)), IsEmpty());
    EXPECT_THAT(addresses_to_add(with("::1", 1, 1)), IsEmpty());
    EXPECT_THAT(texts(addresses_to_add(with("::1", 2, 1))), ElementsAre("fd00::1", "fd00::2"));
    EXPECT_THAT(texts(addresses_to_add(with("fd00::2", 2, 3))),
                ElementsAre("fd00::1", "fd00::2", "fd00::3", "fd00::4"));
    Scenario relay = with("::1", 1, 1);
    relay.server.kind = ServerKind::relay;
    relay.server.upstream_address = "fd00::1:1";
    EXPECT_THAT(texts(addresses_to_add(relay)), ElementsAre("fd00::1:1"));
}

TEST(TwReuse, ForLoopbackReachesNoAddressOfTheLab) {
    const auto works = [](const char* server, TwReuse reuse) {
        Scenario scenario = with(server, 1, 1);
        scenario.host.tw_reuse = reuse;
        return tw_reuse_works(scenario);
    };
    EXPECT_TRUE(works("127.0.0.1", TwReuse::loopback));
    EXPECT_TRUE(works("::1", TwReuse::loopback));
    EXPECT_FALSE(works("fd00::1", TwReuse::loopback));
    EXPECT_FALSE(works("10.0.0.1", TwReuse::loopback));
    EXPECT_TRUE(works("fd00::1", TwReuse::on));
    EXPECT_FALSE(works("127.0.0.1", TwReuse::off));
}

TEST(PortCapacity, GrowsWithEachAddress) {
    Scenario scenario = with("127.0.0.1", 2, 3);
    scenario.host.ports = {20000, 20099};
    scenario.host.destinations = 4;
    EXPECT_EQ(destination_count(scenario.host), 12U);
    EXPECT_EQ(port_capacity(scenario), 2400U);
    scenario.host.bind_before_connect = true;
    EXPECT_EQ(port_capacity(scenario), 200U);
}

}  // namespace
}  // namespace portdrought::scenario
