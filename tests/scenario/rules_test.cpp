#include "scenario/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using core::Closer;

struct Broken {
    const char* name;
    std::function<void(Scenario&)> breaks;
    const char *key, *text;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

constexpr Limits limits{20'000};

class Rule : public testing::TestWithParam<Broken> {};

TEST_P(Rule, NamesTheKeyTheReasonAndTheRemedy) {
    Scenario scenario;
    GetParam().breaks(scenario);
    const auto found = findings(scenario, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().keys.front(), GetParam().key);
    EXPECT_EQ(found.front().text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Rule,
    testing::Values(
        Broken{"listener",
               [](Scenario& s) {
                   s.host.ports = {5000, 9000};
               },
               "server.port",
               "port 7000 lies inside host.ports \"5000-9000\", where a connection may take it; write a port outside, "
               "such as "
               "9001, or reserve it in host.reserved_ports"},
        Broken{"last listener", [](Scenario& s) { s.server.port = 32766, s.host.destinations = 4; }, "server.port",
               "port 32768 lies inside host.ports \"32768-60999\", where a connection may take it; write a port "
               "outside, such "
               "as 61000, or reserve it in host.reserved_ports"},
        Broken{"listener under a range that ends at the top",
               [](Scenario& s) {
                   s.host.ports = {49152, 65535}, s.server.port = 50000;
               },
               "server.port",
               "port 50000 lies inside host.ports \"49152-65535\", where a connection may take it; write a port "
               "outside, such "
               "as 49151, or reserve it in host.reserved_ports"},
        Broken{"upstream",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.server.upstream_port = 40000;
               },
               "server.upstream_port",
               "port 40000 lies inside host.ports \"32768-60999\", where a connection may take it; write a port "
               "outside, such "
               "as 61000, or reserve it in host.reserved_ports"},
        Broken{"listeners past the last port", [](Scenario& s) { s.server.port = 65534, s.host.destinations = 4; },
               "server.port", "4 destinations from port 65534 on end at 65537; write 65532 or less"},
        Broken{"no port left",
               [](Scenario& s) {
                   s.host.reserved_ports = {{32768, 60000}, {60001, 60999}};
               },
               "host.reserved_ports",
               "\"32768-60000,60001-60999\" leaves no port of host.ports \"32768-60999\"; reserve fewer"},
        Broken{"no port left by silent sockets",
               [](Scenario& s) {
                   s.host.ports = {20000, 20099}, s.host.unconnected_ports = 100;
               },
               "host.unconnected_ports",
               "100 sockets that never connect leave none of 100 ports; write fewer than 100"},
        Broken{"a limit below what the run itself takes", [](Scenario& s) { s.lab.descriptors = 80; },
               "lab.descriptors",
               "80 descriptors leave none for connections: the run itself takes 81; write 83 or more"},
        Broken{"a limit above the machine's", [](Scenario& s) { s.lab.descriptors = 30'000; }, "lab.descriptors",
               "30000 is more than this machine allows; write 20000 or less, or \"machine\""},
        Broken{"a backlog that nobody keeps", [](Scenario& s) { s.server.listens = false, s.server.accepts = false; },
               "server.accepts", "fills a backlog, which server.listens = false rules out; write true, or true there"},
        Broken{"SYNs dropped by nobody", [](Scenario& s) { s.server.listens = false, s.server.drops_syn = 0.5; },
               "server.drops_syn",
               "drops SYNs of a listener, which server.listens = false rules out; write 0, or true there"},
        Broken{"first port without a sequence", [](Scenario& s) { s.host.first_port = std::uint16_t{40000}; },
               "host.first_port",
               "only sequential choice has a first port; write host.port_choice = \"sequential\", or \"lowest\" here"},
        Broken{
            "first port outside",
            [](Scenario& s) { s.host.port_choice = PortChoice::sequential, s.host.first_port = std::uint16_t{1025}; },
            "host.first_port", "1025 is not in host.ports \"32768-60999\"; write a port of that range, or \"lowest\""},
        Broken{"bind before a chosen port",
               [](Scenario& s) { s.host.port_choice = PortChoice::random, s.host.bind_before_connect = true; },
               "host.bind_before_connect",
               "bind(address, 0) leaves the choice to the kernel; write host.port_choice = \"kernel\", or false here"},
        Broken{"relay to itself",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.host.destinations = 2;
                   s.server.upstream_address = "127.0.0.1", s.server.upstream_port = 7001;
               },
               "server.upstream_port",
               "the relay would connect to itself at 127.0.0.1:7001; write another port or address"},
        Broken{"linger without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.linger = 1s; },
               "load.linger",
               "acts on close, which load.closer = \"never\" rules out; write \"off\", or another closer"},
        Broken{
            "hold without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.hold = 1s; }, "load.hold",
            "is the time before the close, which load.closer = \"never\" rules out; write \"0s\", or another closer"},
        Broken{"unanswered close without close",
               [](Scenario& s) { s.load.closer = Closer::never, s.load.passive_closes = false; }, "load.passive_closes",
               "there is no close to leave unanswered with load.closer = \"never\"; write true, or another closer"},
        Broken{"relay that does not close", [](Scenario& s) { s.server.kind = ServerKind::relay; }, "load.closer",
               "the relay is the side that closes first; write load.closer = \"server\" with server.kind = \"relay\""},
        Broken{"descriptors", [](Scenario& s) { s.load.in_flight = 9969; }, "load.in_flight",
               "9969 open attempts need 20002 descriptors (2 each and 64 besides) and this machine allows 20000; write "
               "9968 or less"},
        Broken{"descriptors of a relay",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.load.in_flight = 4985;
               },
               "load.in_flight",
               "4985 open attempts need 20004 descriptors (4 each and 64 besides) and this machine allows 20000; write "
               "4984 or less"},
        Broken{"descriptors of unanswered closes",
               [](Scenario& s) { s.load.passive_closes = false, s.load.rate = core::Rate{2000}; },
               "load.passive_closes",
               "the server keeps every connection, 20576 descriptors in the end where this machine allows 20000; write "
               "true, or "
               "fewer attempts or ports"},
        Broken{"no attempt", [](Scenario& s) { s.load.rate = core::Rate{0.05}; }, "load.rate",
               "\"0.05/s\" for \"10s\" is less than one attempt; write \"0.1/s\" or more, or a longer load.duration"},
        Broken{"arrivals of a closed loop",
               [](Scenario& s) { s.load.rate = {}, s.load.arrivals = core::Arrivals::poisson; }, "load.arrivals",
               "load.rate = \"max\" starts an attempt when a slot is free, not by arrivals; write \"constant\", or a "
               "rate"},
        Broken{"workers without slots",
               [](Scenario& s) { s.load.workers = 4, s.host.destinations = 4, s.load.in_flight = 3; }, "load.in_flight",
               "3 is fewer than one for each of 4 workers; write 4 or more"},
        Broken{"uneven destinations", [](Scenario& s) { s.load.workers = 4, s.host.destinations = 6; },
               "host.destinations",
               "6 cannot be shared by 4 workers, each with listeners of its own; write host.destinations = 8"},
        Broken{"no destinations to add", [](Scenario& s) { s.load.workers = 60, s.host.destinations = 63; },
               "host.destinations",
               "63 cannot be shared by 60 workers, each with listeners of its own; write fewer workers"},
        Broken{"longer than a day", [](Scenario& s) { s.load.duration = 25h; }, "load.duration",
               "\"90000s\" takes more than 24 hours of real time; write \"86400s\" or less"},
        Broken{"natural and compressed", [](Scenario& s) { s.lab.time_scale = 20; }, "lab.time_scale",
               "20 compresses time, but the kernel's natural TIME-WAIT stays at 60 s; write host.timed_wait_delay = "
               "\"60s\" so "
               "that the enforcer can compress it, or a time_scale of 1"},
        Broken{"longer than the kernel's", [](Scenario& s) { s.host.timed_wait_delay = 240s, s.lab.time_scale = 3; },
               "host.timed_wait_delay",
               "\"240s\" takes 80s of real time, and the kernel forgets a pair after 60 s; write lab.time_scale = 4 or "
               "more"},
        Broken{"too short to enforce", [](Scenario& s) { s.host.timed_wait_delay = 1s, s.lab.time_scale = 200; },
               "host.timed_wait_delay",
               "\"1s\" takes 5ms of real time, too short to be enforced; write lab.time_scale = 100 or less"},
        Broken{"reuse delay too short",
               [](Scenario& s) { s.host.timed_wait_delay = 60s, s.lab.time_scale = 100, s.host.tw_reuse_delay = 50ms; },
               "host.tw_reuse_delay",
               "\"50ms\" takes 500us of real time, where the kernel takes 1 ms to 60 s; write lab.time_scale = 50 or "
               "less"},
        Broken{
            "reuse delay too long", [](Scenario& s) { s.host.tw_reuse_delay = 90s; }, "host.tw_reuse_delay",
            "\"90s\" takes 90s of real time, where the kernel takes 1 ms to 60 s; write lab.time_scale = 2 or more"}));

TEST(Rules, CountTheSocketsOfAServerThatReadsLate) {
    Scenario scenario;
    scenario.load.rate = core::Rate{1000};
    scenario.server.read_delay = 10s;
    scenario.load.response_bytes = 0;
    EXPECT_EQ(descriptors_of_slow_servers(scenario), 10'000U);
    EXPECT_THAT(findings(scenario, Limits{20'000}), testing::IsEmpty());
    EXPECT_EQ(findings(scenario, Limits{10'500}).at(0).keys.front(), "load.in_flight");
    scenario.host.ports = {20000, 20999};
    EXPECT_EQ(descriptors_of_slow_servers(scenario), 1000U) << "no more than there are ports";
}

TEST(Rules, WantAnAnswerWithinTheTimeout) {
    Scenario scenario;
    scenario.server.read_delay = 5s;
    ASSERT_EQ(findings(scenario, limits).size(), 1U);
    EXPECT_THAT(findings(scenario, limits).front().text, testing::HasSubstr("every attempt would time out"));
    scenario.load.timeout = 6s;
    EXPECT_THAT(findings(scenario, limits), testing::IsEmpty());
}

TEST(Rules, LimitWhatTheProgramHasToRemember) {
    Scenario scenario;
    scenario.host.port_choice = PortChoice::sequential;
    scenario.host.sources = 100;
    EXPECT_THAT(findings(scenario, limits), testing::IsEmpty());
    scenario.host.sources = 200;
    ASSERT_EQ(findings(scenario, limits).size(), 1U);
    EXPECT_THAT(findings(scenario, limits).front().text, testing::HasSubstr("5646400 tuples"));
}

TEST(Rules, FindNothingWrongWithTheDefaults) { EXPECT_THAT(findings(Scenario{}, limits), testing::IsEmpty()); }

TEST(Rules, AllowTheLastValueThatFits) {
    Scenario s;
    s.load.in_flight = 9968;
    s.load.rate = core::Rate{0.1};
    s.host.timed_wait_delay = 240s;
    s.lab.time_scale = 4;
    s.load.duration = 96h;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(Rules, FollowTheirOwnAdviceOnReservedListeners) {
    Scenario s;
    s.server.port = 40000;
    s.host.reserved_ports = {{40000, 40000}};
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(Rules, ReportEveryBrokenOne) {
    Scenario s;
    s.server.port = 40000;
    s.load.workers = 2;
    s.lab.time_scale = 2;
    EXPECT_EQ(findings(s, limits).size(), 3U);
}

TEST(Rules, WhereNobodyListensAConnectionMayMeetItself) {
    Scenario scenario;
    scenario.server.port = 40000;
    EXPECT_EQ(findings(scenario, limits).size(), 1U);
    scenario.server.listens = false;
    EXPECT_TRUE(findings(scenario, limits).empty());
}

TEST(Rules, ADescriptorLimitThatIsWrittenDownIsThereToBeMet) {
    Scenario scenario;
    scenario.load.in_flight = 15'000;
    EXPECT_EQ(findings(scenario, limits).size(), 1U);
    scenario.lab.descriptors = 256;
    EXPECT_TRUE(findings(scenario, limits).empty());
}

}  // namespace
}  // namespace portdrought::scenario
