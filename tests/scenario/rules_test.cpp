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

// How connections close, and how ports are bound.
INSTANTIATE_TEST_SUITE_P(
    Settings, Rule,
    testing::Values(
        Broken{"half-close without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.half_close = true; },
               "load.half_close",
               "is a way to close, which load.closer = \"never\" rules out; write false, or another closer"},
        Broken{"unread close without close",
               [](Scenario& s) { s.load.closer = Closer::never, s.load.close_unread = true; }, "load.close_unread",
               "is a way to close, which load.closer = \"never\" rules out; write false, or another closer"},
        Broken{"passive linger without close",
               [](Scenario& s) { s.load.closer = Closer::never, s.load.passive_linger = 0s; }, "load.passive_linger",
               "is of the side that closes second, and with load.closer = \"never\" there is none; write \"off\", or "
               "another closer"},
        Broken{"passive linger of two closers",
               [](Scenario& s) { s.load.closer = Closer::both, s.load.passive_linger = 0s; }, "load.passive_linger",
               "is of the side that closes second, and with load.closer = \"both\" there is none; write \"off\", or "
               "another closer"},
        Broken{"two closers and an unanswered FIN",
               [](Scenario& s) { s.load.closer = Closer::both, s.load.passive_closes = false; }, "load.passive_closes",
               "no side is passive with load.closer = \"both\"; write true, or another closer"},
        Broken{"two closers that linger", [](Scenario& s) { s.load.closer = Closer::both, s.load.linger = 0s; },
               "load.linger",
               "makes the first close a reset or a wait, so that both cannot close at the same time; write \"off\", or "
               "another closer"},
        Broken{"two closers that leave data",
               [](Scenario& s) { s.load.closer = Closer::both, s.load.close_unread = true; }, "load.close_unread",
               "makes the first close a reset, so that both cannot close at the same time; write false, or another "
               "closer"},
        Broken{"two closers with a relay",
               [](Scenario& s) { s.server.kind = ServerKind::relay, s.load.closer = Closer::both; }, "load.closer",
               "the relay is the side that closes first; write load.closer = \"server\" with server.kind = \"relay\""},
        Broken{"half-close with linger", [](Scenario& s) { s.load.half_close = true, s.load.linger = 0s; },
               "load.linger",
               "acts in close(), and after a half-close nothing is left to send or reset there; write \"off\", or "
               "load.half_close = false"},
        Broken{"half-close that nobody answers",
               [](Scenario& s) { s.load.half_close = true, s.load.passive_closes = false; }, "load.half_close",
               "reads until the other side closes, which load.passive_closes = false rules out; write false, or "
               "load.passive_closes = true"},
        Broken{"half-close that does not read", [](Scenario& s) { s.load.half_close = s.load.close_unread = true; },
               "load.close_unread",
               "leaves data that load.half_close reads to the end; write false, or load.half_close = false"},
        Broken{"no response to leave unread",
               [](Scenario& s) { s.load.close_unread = true, s.load.response_bytes = 0; }, "load.close_unread",
               "leaves the last message unread, and load.response = \"0B\" sends none; write false, or a larger "
               "load.response"},
        Broken{
            "no request to leave unread",
            [](Scenario& s) { s.load.close_unread = true, s.load.closer = Closer::server, s.load.request_bytes = 0; },
            "load.close_unread",
            "leaves the last message unread, and load.request = \"0B\" sends none; write false, or a larger "
            "load.request"},
        Broken{"unread close with linger", [](Scenario& s) { s.load.close_unread = true, s.load.linger = 1s; },
               "load.linger",
               "does nothing where unread data make the close a reset; write \"off\", or load.close_unread = false"},
        Broken{
            "two resets", [](Scenario& s) { s.load.linger = 0s, s.load.passive_linger = 0s; }, "load.passive_linger",
            "is of a close that answers a FIN, and load.linger sends a reset; write \"off\", or let the active closer "
            "send a FIN"},
        Broken{
            "an unread close and a passive linger",
            [](Scenario& s) { s.load.close_unread = true, s.load.passive_linger = 1s; }, "load.passive_linger",
            "is of a close that answers a FIN, and load.close_unread sends a reset; write \"off\", or let the active "
            "closer send a FIN"},
        Broken{"a passive linger without passive close",
               [](Scenario& s) { s.load.passive_closes = false, s.load.passive_linger = 0s, s.load.duration = 1s; },
               "load.passive_linger",
               "is of the close that load.passive_closes = false leaves out; write \"off\", or load.passive_closes = "
               "true"},
        Broken{
            "an unread close without passive close",
            [](Scenario& s) { s.load.passive_closes = false, s.load.close_unread = true, s.load.duration = 1s; },
            "load.passive_closes",
            "leaves a FIN unanswered, and load.close_unread sends a reset; write true, or load.close_unread = false"},
        Broken{"a relay that does not read",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.load.close_unread = true;
               },
               "load.close_unread",
               "is not for a relay, which has to read what it passes on; write false, or server.kind = \"builtin\""},
        Broken{"bind before a bound port",
               [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.bind_before_connect = true; },
               "host.bind_before_connect",
               "bind(address, 0) leaves the choice to the kernel; write host.port_choice = \"kernel\", or false here"},
        Broken{"no port without bind", [](Scenario& s) { s.host.bind_address_no_port = true; },
               "host.bind_address_no_port",
               "is about bind(address, 0), which this client does not call; write host.bind_before_connect = true, or "
               "false here"},
        Broken{"no port of a bound one",
               [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.bind_address_no_port = true; },
               "host.bind_address_no_port",
               "is about bind(address, 0), which this client does not call; write host.bind_before_connect = true, or "
               "false here"},
        Broken{"reuse without bind", [](Scenario& s) { s.host.reuse_address = true; }, "host.reuse_address",
               "acts where bind() takes a port, and here connect() does; write host.port_choice = \"bound\", or false "
               "here"},
        Broken{
            "reuse where bind takes no port",
            [](Scenario& s) { s.host.bind_before_connect = s.host.bind_address_no_port = s.host.reuse_address = true; },
            "host.reuse_address",
            "acts where bind() takes a port, and here connect() does; write host.port_choice = \"bound\", or false "
            "here"},
        Broken{
            "window outside",
            [](Scenario& s) {
                s.host.port_window = core::PortRange{32000, 33000};
            },
            "host.port_window",
            "\"32000-33000\" is not inside host.ports \"32768-60999\", and the kernel heeds only what is; write ports "
            "of that range, or \"off\""},
        Broken{"window of a program's choice",
               [](Scenario& s) {
                   s.host.port_window = core::PortRange{40000, 40099}, s.host.port_choice = PortChoice::bound;
               },
               "host.port_window",
               "limits the kernel's choice, and here the program chooses; write host.port_choice = \"kernel\", or "
               "\"off\" here and narrower host.ports"},
        Broken{"window of reserved ports",
               [](Scenario& s) {
                   s.host.port_window = core::PortRange{40000, 40099};
                   s.host.reserved_ports = {{40000, 40199}};
               },
               "host.port_window", "\"40000-40099\" holds reserved ports only; write other ports, or reserve fewer"}));

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
               "only ports taken one after the other have a first one; write host.port_choice = \"sequential\" or "
               "\"bound\", or \"lowest\" here"},
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
        Broken{"relay to itself at a further address",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.host.destination_addresses = 3;
                   s.server.address = "fd00::1", s.server.upstream_address = "fd00::3", s.server.upstream_port = 7000;
               },
               "server.upstream_port",
               "the relay would connect to itself at [fd00::3]:7000; write another port or address"},
        Broken{"relay to itself for a further worker",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server;
                   s.host.destinations = 2, s.load.workers = 2;
                   s.server.upstream_address = "127.0.0.1", s.server.upstream_port = 6999;
               },
               "server.upstream_port",
               "the relay would connect to itself at 127.0.0.1:7000; write another port or address"},
        Broken{
            "upstream of a further worker",
            [](Scenario& s) {
                s.server.kind = ServerKind::relay, s.load.closer = Closer::server;
                s.host.destinations = 2, s.load.workers = 2, s.server.upstream_port = 32767;
            },
            "server.upstream_port",
            "port 32768 lies inside host.ports \"32768-60999\", where a connection may take it; write a port outside, "
            "such as 61000, or reserve it in host.reserved_ports"},
        Broken{"upstreams past the last port",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server;
                   s.host.destinations = 2, s.load.workers = 2, s.server.upstream_port = 65535;
               },
               "server.upstream_port", "2 workers from port 65535 on end at 65536; write 65534 or less"},
        Broken{"upstream of another family",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.server.address = "::1";
               },
               "server.upstream_address",
               "\"127.0.1.1\" is IPv4 and server.address \"::1\" is not; write an address of the same family, such as "
               "\"fd00::1:1\""},
        Broken{"IPv6 upstream of an IPv4 relay",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.server.upstream_address = "::1";
               },
               "server.upstream_address",
               "\"::1\" is IPv6 and server.address \"127.0.0.1\" is not; write an address of the same family, such as "
               "\"127.0.1.1\""},
        Broken{"addresses past the last of 127.0.0.0/8",
               [](Scenario& s) { s.server.address = "127.255.255.253", s.host.destination_addresses = 3; },
               "host.destination_addresses",
               "3 addresses from 127.255.255.253 on leave 127.0.0.0/8; write server.address = \"127.0.0.1\", or fewer"},
        Broken{"addresses beside ::1", [](Scenario& s) { s.server.address = "::1", s.host.destination_addresses = 2; },
               "host.destination_addresses",
               "2 addresses from ::1 on are not all of fd00::/64 (in its last four bytes); write server.address = "
               "\"fd00::1\", or fewer"},
        Broken{"addresses that leave the last four bytes",
               [](Scenario& s) { s.server.address = "fd00::ffff:ffff", s.host.destination_addresses = 3; },
               "host.destination_addresses",
               "3 addresses from fd00::ffff:ffff on are not all of fd00::/64 (in its last four bytes); write "
               "server.address = \"fd00::1\", or fewer"},
        Broken{"too many destinations", [](Scenario& s) { s.host.destination_addresses = 5, s.host.destinations = 60; },
               "host.destination_addresses",
               "5 addresses with 60 ports each are 300 destinations, of 256 at most; write 4 or less"},
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
        Broken{"pool before a relay",
               [](Scenario& s) {
                   s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.load.pool_size = 2;
               },
               "load.pool_size",
               "the relay closes each connection after its response, so there is nothing to keep; write 0, or "
               "server.kind = \"builtin\""},
        Broken{"pool of a closing server", [](Scenario& s) { s.load.closer = Closer::server, s.load.pool_size = 2; },
               "load.pool_size",
               "the pool decides when its connections are closed; write load.closer = \"client\", or 0"},
        Broken{"pool and keep-alive", [](Scenario& s) { s.load.pool_size = 2, s.load.requests_per_connection = 2; },
               "load.requests_per_connection",
               "with a pool each attempt is one request; write 1, and load.pool_max_requests for the limit of a "
               "connection"},
        Broken{"pool of empty requests", [](Scenario& s) { s.load.pool_size = 2, s.load.request_bytes = 0; },
               "load.request", "on a pooled connection the server knows a request by its bytes; write \"1B\" or more"},
        Broken{"nothing to leave unread",
               [](Scenario& s) { s.load.pool_size = 2, s.load.pool_drain = false, s.load.response_bytes = 0; },
               "load.pool_drain",
               "there is no response to leave unread; write load.response = \"1B\" or more, or true"},
        Broken{"pool and close_unread", [](Scenario& s) { s.load.pool_size = 2, s.load.close_unread = true; },
               "load.close_unread",
               "a pool reads responses or leaves them by load.pool_drain; write load.pool_drain = false instead"},
        Broken{"pool and half_close", [](Scenario& s) { s.load.pool_size = 2, s.load.half_close = true; },
               "load.half_close",
               "a pool closes connections on which nothing is under way; write false, or load.pool_size = 0"},
        Broken{"pool and unanswered closes",
               [](Scenario& s) { s.load.pool_size = 2, s.load.passive_closes = false, s.load.rate = core::Rate{1}; },
               "load.passive_closes",
               "a server of pooled connections answers their close; write true, or load.pool_size = 0"},
        Broken{"admission of a closed loop", [](Scenario& s) { s.load.rate = {}, s.load.admission = core::Rate{16}; },
               "load.admission",
               "load.rate = \"max\" offers no more than its slots take, so there is nothing to refuse; write "
               "\"off\", or a rate"},
        Broken{"descriptors of a pool",
               [](Scenario& s) { s.load.in_flight = 4000, s.host.destinations = 3, s.load.pool_size = 2000; },
               "load.pool_size",
               "its idle connections need 12000 descriptors besides 8064 of the rest, and this machine allows 20000; "
               "write 1989 or less"},
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
        Broken{"uneven destinations of several addresses",
               [](Scenario& s) { s.load.workers = 4, s.host.destinations = 3, s.host.destination_addresses = 2; },
               "host.destinations",
               "3 at each of 2 addresses cannot be shared by 4 workers, each with listeners of its own; write "
               "host.destinations = 4"},
        Broken{"no destinations to add", [](Scenario& s) { s.load.workers = 60, s.host.destinations = 63; },
               "host.destinations",
               "63 cannot be shared by 60 workers, each with listeners of its own; write fewer workers"},
        Broken{"longer than a day", [](Scenario& s) { s.load.duration = 25h; }, "load.duration",
               "\"90000s\" takes more than 24 hours of real time; write \"86400s\" or less"},
        Broken{"natural and compressed", [](Scenario& s) { s.lab.time_scale = 20; }, "lab.time_scale",
               "20 compresses time, but the kernel's natural TIME-WAIT stays at 60 s; write host.timed_wait_delay = "
               "\"60s\" so "
               "that the enforcer can compress it, or a time_scale of 1"},
        Broken{"trials without a close",
               [](Scenario& s) { s.lab.duplicates = 40, s.load.closer = core::Closer::never; }, "lab.duplicates",
               "40 trials use a pair again after its connection has closed, which load.closer = \"never\" rules out; "
               "write 0, or another closer"},
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

TEST(Rules, AllowEverySettingWhereItHasSomethingToDo) {
    const std::function<void(Scenario&)> settings[] = {
        [](Scenario& s) { s.load.closer = Closer::both; },
        [](Scenario& s) { s.load.closer = Closer::both, s.load.half_close = true; },
        [](Scenario& s) { s.load.half_close = true, s.load.passive_linger = 0s; },
        [](Scenario& s) { s.load.passive_linger = 1s, s.load.closer = Closer::server, s.load.linger = 1s; },
        [](Scenario& s) { s.load.close_unread = true, s.host.timed_wait_delay = 30s; },
        [](Scenario& s) { s.load.close_unread = true, s.load.closer = Closer::server, s.load.response_bytes = 0; },
        [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.reuse_address = true; },
        [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.first_port = std::uint16_t{40000}; },
        [](Scenario& s) { s.host.bind_before_connect = s.host.bind_address_no_port = true; },
        [](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = true; },
        [](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = s.host.autobind_reuse = true; },
        [](Scenario& s) { s.host.autobind_reuse = true; },
        [](Scenario& s) {
            s.host.port_window = core::PortRange{32768, 60999};
        },
    };
    for (const auto& set : settings) {
        Scenario scenario;
        set(scenario);
        for (const Finding& finding : findings(scenario, limits)) ADD_FAILURE() << finding.keys[0] << finding.text;
    }
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

TEST(Rules, LetAddressesAloneFeedTheWorkers) {
    Scenario s;
    s.load.workers = 4;
    s.host.destination_addresses = 4;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(Rules, CountTheListenersAmongTheDescriptors) {
    Scenario s;
    s.host.destination_addresses = 64;
    s.host.destinations = 4;
    s.load.in_flight = 100;
    EXPECT_THAT(findings(s, Limits{2 * 100 + 64 + 255}), testing::IsEmpty());
    EXPECT_EQ(findings(s, Limits{2 * 100 + 64 + 254}).size(), 1U);
}

TEST(Rules, AllowATimeWaitBeyondTheKernelsUncompressedButNotOverIpv6) {
    Scenario s;
    s.host.timed_wait_delay = 240s;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
    s.server.address = "::1";
    const auto found = findings(s, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found.front().text, testing::HasSubstr("forgets an IPv6 pair after 60 s; write lab.time_scale = 4"));
}

TEST(Rules, TryDuplicatesOverIpv4AndWithDescriptorsOnly) {
    Scenario s;
    s.lab.duplicates = 1000;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
    ASSERT_EQ(findings(s, Limits{4000}).size(), 1U);
    EXPECT_THAT(findings(s, Limits{4000}).front().text, testing::HasSubstr("write 984 or less"));
    s.server.address = "::1";
    ASSERT_EQ(findings(s, limits).size(), 1U);
    EXPECT_EQ(findings(s, limits).front().keys.front(), "lab.duplicates");
}

TEST(Rules, AskForAFinTimeoutTheKernelCanCount) {
    Scenario s;
    s.load.passive_closes = false;
    s.lab.time_scale = 60;
    s.host.timed_wait_delay = 60s;
    s.host.fin_timeout = 10s;
    const auto found = findings(s, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found.front().text, testing::HasSubstr("counts whole seconds; write \"60s\""));
    s.host.fin_timeout = 60s;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
    s.host.fin_timeout = 10s;
    s.load.passive_closes = true;  // it does not act
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
