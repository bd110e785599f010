// How ports are chosen and bound, and whose they are.
#include "scenario/broken.hpp"

namespace portdrought::scenario {
namespace {

using core::Closer;

const Broken broken[] = {
    Broken{"bind before a bound port",
           [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.bind_before_connect = true; },
           "host.bind_before_connect",
           "bind(address, 0) leaves the choice to the kernel; write host.port_choice = \"kernel\", or false here"},
    Broken{"no port without bind", [](Scenario& s) { s.host.bind_address_no_port = true; }, "host.bind_address_no_port",
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
    Broken{"reuse where bind takes no port",
           [](Scenario& s) { s.host.bind_before_connect = s.host.bind_address_no_port = s.host.reuse_address = true; },
           "host.reuse_address",
           "acts where bind() takes a port, and here connect() does; write host.port_choice = \"bound\", or false "
           "here"},
    Broken{"window outside",
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
           "host.port_window", "\"40000-40099\" holds reserved ports only; write other ports, or reserve fewer"},
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
           "host.unconnected_ports", "100 sockets that never connect leave none of 100 ports; write fewer than 100"},
    Broken{"first port without a sequence", [](Scenario& s) { s.host.first_port = std::uint16_t{40000}; },
           "host.first_port",
           "only ports taken one after the other have a first one; write host.port_choice = \"sequential\" or "
           "\"bound\", or \"lowest\" here"},
    Broken{"first port outside",
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
    Broken{"upstream of a further worker",
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
};

INSTANTIATE_TEST_SUITE_P(Port, Rule, testing::ValuesIn(broken));

TEST(PortRules, LimitWhatTheProgramHasToRemember) {
    Scenario scenario;
    scenario.host.port_choice = PortChoice::sequential;
    scenario.host.sources = 100;
    EXPECT_THAT(findings(scenario, limits), testing::IsEmpty());
    scenario.host.sources = 200;
    ASSERT_EQ(findings(scenario, limits).size(), 1U);
    EXPECT_THAT(findings(scenario, limits).front().text, testing::HasSubstr("5646400 tuples"));
}

TEST(PortRules, FollowTheirOwnAdviceOnReservedListeners) {
    Scenario s;
    s.server.port = 40000;
    s.host.reserved_ports = {{40000, 40000}};
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(PortRules, WhereNobodyListensAConnectionMayMeetItself) {
    Scenario scenario;
    scenario.server.port = 40000;
    EXPECT_EQ(findings(scenario, limits).size(), 1U);
    scenario.server.listens = false;
    EXPECT_TRUE(findings(scenario, limits).empty());
}

}  // namespace
}  // namespace portdrought::scenario
