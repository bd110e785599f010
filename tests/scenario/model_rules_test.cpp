// Rules about what only the model plays, and about the keys of a NAT.
#include "scenario/model_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>

#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Limits limits{20'000};

struct Broken {
    const char* name;
    std::function<void(Scenario&)> breaks;
    const char *key, *text;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

void add_nat(Scenario& s) {
    s.lab.engine = Engine::model;
    s.nat.profile = "rfc5382";
}

class ModelRule : public testing::TestWithParam<Broken> {};

TEST_P(ModelRule, NamesTheKeyTheReasonAndTheRemedy) {
    Scenario scenario;
    GetParam().breaks(scenario);
    const auto found = findings(scenario, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().keys.front(), GetParam().key);
    EXPECT_EQ(found.front().text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Kernel, ModelRule,
    testing::Values(
        Broken{"hosts in a lab", [](Scenario& s) { s.topology.hosts = 3; }, "topology.hosts",
               "3 hosts do not fit into one lab; write lab.engine = \"model\" (--engine model), or 1 here"},
        Broken{"skewed destinations in a lab", [](Scenario& s) { s.topology.destination_skew = 1; },
               "topology.destination_skew",
               "the generator on the kernel takes destinations one after the other; write lab.engine = \"model\" "
               "(--engine model), or 0 here"},
        Broken{"a NAT in a lab", [](Scenario& s) { s.nat.profile = "rfc5382"; }, "nat.profile",
               "\"rfc5382\" needs a NAT between the two sides, and the lab has none; write lab.engine = \"model\" "
               "(--engine model), or \"none\" here"},
        Broken{"another kernel's search", [](Scenario& s) { s.host.port_search = PortSearch::linux_5_12; },
               "host.port_search",
               "this machine's kernel has a search of its own; write lab.engine = \"model\" (--engine model), or leave "
               "the key out"}));

INSTANTIATE_TEST_SUITE_P(
    Model, ModelRule,
    testing::Values(
        Broken{"hosts with a relay each",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.topology.hosts = 2;
                   s.server.kind = ServerKind::relay;
                   s.load.closer = core::Closer::server;
               },
               "topology.hosts",
               "2 hosts with a relay on each is not what anybody has; write 1, or server.kind = \"builtin\""},
        Broken{"workers of several hosts",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.topology.hosts = 2;
                   s.load.workers = 2;
                   s.host.destinations = 2;
               },
               "load.workers", "2 workers share one host's destinations in turn; write 1"},
        Broken{"more tables than memory",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.topology.hosts = 1'000'000;
               },
               "topology.hosts",
               "1000000 port tables (hosts x sources x destinations) of 3593 bytes are more than the 3 GB that the "
               "model takes; write 834956 hosts or less, or fewer destinations"},
        Broken{"tables of a server that holds TIME_WAIT",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.topology.hosts = 100'000;
                   s.load.closer = core::Closer::server;
               },
               "topology.hosts",
               "100000 port tables (hosts x sources x destinations) of 120050 bytes are more than the 3 GB that the "
               "model takes; write 24989 hosts or less, or fewer destinations"},
        Broken{"reserved ports of many hosts",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.topology.hosts = 100'000;
                   s.host.reserved_ports = {{40000, 40000}};
               },
               "topology.hosts",
               "100000 port tables (hosts x sources x destinations) of 116520 bytes are more than the 3 GB that the "
               "model takes; write 25746 hosts or less, or fewer destinations"}));

INSTANTIATE_TEST_SUITE_P(
    Nat, ModelRule,
    testing::Values(
        Broken{
            "a NAT's tables",
            [](Scenario& s) {
                s.lab.engine = Engine::model;
                s.nat.profile = "linux-conntrack-snat";
                s.nat.port_choice = NatPorts::preserve;
                s.nat.addresses = 1000;
                s.host.destinations = 64;
            },
            "nat.addresses",
            "64000 port tables of the NAT (addresses x destinations) of 266176 bytes are more than the 3 GB that the "
            "model takes; write 176 addresses or less, or fewer destinations"},
        Broken{"half-closed connections behind a NAT",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.nat.profile = "rfc5382";
                   s.load.passive_closes = false;
               },
               "load.passive_closes",
               "false leaves connections half-closed, and nobody says how long a NAT keeps those; write true, or "
               "nat.profile = \"none\""},
        Broken{"a key of a NAT without one",
               [](Scenario& s) {
                   s.lab.engine = Engine::model;
                   s.nat.after_fin = 30s;
               },
               "nat.after_fin",
               "is about a NAT, and there is none; write nat.profile = \"rfc5382\" or another one, or leave this out"},
        Broken{"more connections than ports",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.ports = {1024, 2023};
                   s.nat.connections_per_destination = 1001;
               },
               "nat.connections_per_destination",
               "1001 connections need as many ports, and nat.ports \"1024-2023\" are 1000; write 1000 or less, or "
               "\"off\""},
        Broken{"a share beyond an address",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.ports = {1024, 2023};
                   s.nat.ports_per_host = 1001;
               },
               "nat.ports_per_host",
               "1001 ports for each host are more than an address has, 1000; write 1000 or less, or 0"},
        Broken{"two kinds of share",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.ports_by_hosts = {{50, 1024}};
                   s.nat.ports_per_host = 64;
               },
               "nat.ports_per_host",
               "64 has no effect beside nat.ports_by_hosts; write nat.ports_by_hosts = \"\" too, or 0 here"},
        Broken{"a table that grows",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.ports_by_hosts = {{50, 1024}};
                   s.nat.max_ports_per_host = 2048;
               },
               "nat.max_ports_per_host",
               "shares by the number of hosts do not grow; write 0, or nat.ports_by_hosts = \"\" and "
               "nat.ports_per_host"},
        Broken{
            "hosts beyond the table",
            [](Scenario& s) {
                add_nat(s);
                s.nat.ports_by_hosts = {{50, 1024}, {100, 512}};
                s.topology.hosts = 101;
            },
            "topology.hosts",
            "101 hosts are more than the 100 that nat.ports_by_hosts has a share for; write 100 or less, or a longer "
            "table"},
        Broken{"growth of no share",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.max_ports_per_host = 2048;
               },
               "nat.max_ports_per_host",
               "2048 is what a host's share grows to, and all hosts share all ports; write nat.ports_per_host, or 0 "
               "here"},
        Broken{"growth backwards",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.ports_per_host = 64;
                   s.nat.max_ports_per_host = 32;
               },
               "nat.max_ports_per_host",
               "32 is less than the 64 that each host has at first (nat.ports_per_host); write 64 or more, or 0"},
        Broken{"eviction without a search",
               [](Scenario& s) {
                   add_nat(s);
                   s.nat.evicts = true;
               },
               "nat.evicts", "is about the last tries of nat.port_choice = \"preserve\"; write that, or false here"}));

TEST(ModelRules, LeaveWhatIsRightAlone) {
    Scenario scenario;
    add_nat(scenario);
    scenario.topology = {1000, 1.5};
    scenario.nat.ports_per_host = 64;
    scenario.nat.max_ports_per_host = 64;
    scenario.nat.connections_per_destination = 64'512;
    scenario.nat.port_choice = NatPorts::preserve;
    scenario.nat.evicts = true;
    scenario.host.port_search = PortSearch::rfc6056_3;
    EXPECT_THAT(findings(scenario, limits), IsEmpty());
}

TEST(ModelRules, BlameTheProfileForItsValues) {
    const Reading reading =
        read("", "x.toml", {"lab.engine=model", "nat.ports=1024-2047", "nat.profile=aws-nat-gateway"}, limits);
    ASSERT_EQ(reading.complaints.size(), 1U);
    EXPECT_EQ(to_string(reading.complaints.front()),
              "--set:2:1: nat.connections_per_destination: 55000 connections need as many ports, and nat.ports "
              "\"1024-2047\" are 1024; write 1024 or less, or \"off\"");
}

/// Broken on the kernel, all of them; on the model none.
class KernelRule : public testing::TestWithParam<Broken> {};

TEST_P(KernelRule, DoesNotHoldForTheModel) {
    Scenario scenario;
    GetParam().breaks(scenario);
    const auto on_kernel = findings(scenario, limits);
    ASSERT_THAT(on_kernel, testing::SizeIs(1));
    EXPECT_EQ(on_kernel.front().keys.front(), GetParam().key);
    EXPECT_THAT(on_kernel.front().text, HasSubstr(GetParam().text));
    scenario.lab.engine = Engine::model;
    EXPECT_THAT(findings(scenario, limits), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(KernelRules, KernelRule,
                         testing::Values(Broken{"descriptors of attempts",
                                                [](Scenario& s) { s.load.in_flight = 100'000; }, "load.in_flight",
                                                "descriptors"},
                                         Broken{"descriptors of idle connections",
                                                [](Scenario& s) {
                                                    s.load.pool_size = 100'000;
                                                    s.load.in_flight = 9000;
                                                },
                                                "load.pool_size", "descriptors"},
                                         Broken{"descriptors of unanswered closes",
                                                [](Scenario& s) {
                                                    s.load.passive_closes = false;
                                                    s.load.rate = core::Rate{1000};
                                                    s.load.duration = 100s;
                                                },
                                                "load.passive_closes", "descriptors"},
                                         Broken{"a limit of descriptors",
                                                [](Scenario& s) {
                                                    s.lab.descriptors = 128;
                                                    s.host.unconnected_ports = 200;
                                                },
                                                "lab.descriptors", "descriptors"},
                                         Broken{"more than a day",
                                                [](Scenario& s) {
                                                    s.load.duration = 25h;
                                                    s.load.rate = core::Rate{1};
                                                },
                                                "load.duration", "24"},
                                         Broken{"a TIME-WAIT too short to be enforced",
                                                [](Scenario& s) {
                                                    s.host.timed_wait_delay = 1s;
                                                    s.lab.time_scale = 1000;
                                                    s.host.tw_reuse_delay = 1s;
                                                    s.host.fin_timeout = 1000s;
                                                },
                                                "host.timed_wait_delay", "too short to be enforced"},
                                         Broken{"a reuse delay below the kernel's clock",
                                                [](Scenario& s) {
                                                    s.host.timed_wait_delay = 60s;
                                                    s.lab.time_scale = 60;
                                                    s.host.tw_reuse_delay = 10ms;
                                                },
                                                "host.tw_reuse_delay", "where the kernel takes 1 ms to 60 s"},
                                         Broken{"duplicates over IPv6",
                                                [](Scenario& s) {
                                                    s.lab.duplicates = 10;
                                                    s.server.address = "::1";
                                                },
                                                "lab.duplicates", "need IPv4"}));

}  // namespace
}  // namespace portdrought::scenario
