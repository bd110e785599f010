#include "scenario/keys/key_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace portdrought::scenario {
namespace {

std::optional<Fault> fault_of(std::string_view name, std::string_view text) {
    Scenario scenario;
    const Key* key = find_key(name);
    if (key == nullptr) return "no such key";
    if (auto fault = key->read(scenario, text)) return fault;
    return key->out_of_range(scenario);
}

TEST(KeyTable, NamesEachKeyOnceAndInAKnownSection) {
    std::set<std::string> names;
    for (const Key& key : key_table()) {
        EXPECT_TRUE(names.insert(key.name).second) << key.name;
        const std::size_t dot = key.name.find('.');
        if (dot != std::string::npos) {
            EXPECT_NE(std::ranges::find(sections(), key.name.substr(0, dot)), sections().end()) << key.name;
        }
        EXPECT_FALSE(key.meaning.empty()) << key.name;
        EXPECT_EQ((key.meaning + key.accepts).find_first_of("|\n"), std::string::npos) << key.name;
    }
}

TEST(KeyTable, AcceptsItsOwnDefaults) {
    const Scenario defaults;
    for (const Key& key : key_table()) {
        Scenario copy;
        EXPECT_EQ(key.read(copy, key.print(defaults)), std::nullopt) << key.name;
        EXPECT_EQ(key.out_of_range(copy), std::nullopt) << key.name;
        EXPECT_EQ(copy, defaults) << key.name;
    }
}

TEST(KeyTable, LeavesTheScenarioAloneOnAFault) {
    for (const Key& key : key_table()) {
        Scenario scenario;
        if (key.read(scenario, "\x01 no value")) {
            EXPECT_EQ(scenario, Scenario{}) << key.name;
        }
    }
}

struct Case {
    const char *key, *text, *fault;
};

void PrintTo(const Case& bad, std::ostream* out) { *out << bad.key << " = " << bad.text; }

class KeyFault : public testing::TestWithParam<Case> {};

TEST_P(KeyFault, SaysWhatIsWrongAndWhatWouldBeRight) {
    const Case& bad = GetParam();
    EXPECT_EQ(fault_of(bad.key, bad.text), bad.fault) << bad.key << " = " << bad.text;
}

INSTANTIATE_TEST_SUITE_P(
    KeyTable, KeyFault,
    testing::Values(
        Case{"name", "a/b",
             "is not a name of letters, digits, '-', '_' and '.', at most 64; write for example \"port-cliff\""},
        Case{"load.rate", "fast", "is not a rate; write connections per second, such as \"200/s\", or \"max\""},
        Case{"load.rate", "0.0001/s", "is out of range; write \"0.001/s\" to \"1000000/s\", or \"max\""},
        Case{"load.rate", "2000000/s", "is out of range; write \"0.001/s\" to \"1000000/s\", or \"max\""},
        Case{"load.arrivals", "bursty",
             "is not one of the choices; write \"constant\", \"poisson\", \"bursts\", \"daily\" or \"trace\""},
        Case{"load.duration", "10", "is not a duration; write a number and a unit, such as \"10s\" or \"250ms\""},
        Case{"load.duration", "0s", "is out of range; write \"1ms\" to \"1000h\""},
        Case{"load.duration", "1001h", "is out of range; write \"1ms\" to \"1000h\""},
        Case{"load.in_flight", "0", "is out of range; write 1 to 1000000"},
        Case{"load.in_flight", "many", "is not a whole number from 1 to 1000000; write one"},
        Case{"load.in_flight", "-1", "is not a whole number from 1 to 1000000; write one"},
        Case{"load.request", "1TB", "is not a size; write a whole number and B, KB or MB, such as \"64KB\""},
        Case{"load.response", "2GB", "is out of range; write \"0B\" to \"1GB\""},
        Case{"load.requests_per_connection", "0", "is out of range; write 1 to 1000000"},
        Case{"load.hold", "2h", "is out of range; write \"0s\" to \"1h\""},
        Case{"load.closer", "nobody", "is not one of the choices; write \"client\", \"server\", \"both\" or \"never\""},
        Case{"load.linger", "0.5s",
             "is not a number of whole seconds; write it with its unit, such as \"1s\", or \"off\""},
        Case{"load.linger", "2h", "is out of range; write \"0s\" to \"3600s\", or \"off\""},
        Case{"load.passive_closes", "yes", "is neither true nor false; write one of them"},
        Case{"load.workers", "65", "is out of range; write 1 to 64"},
        Case{"load.timeout", "0s", "is out of range; write \"1ms\" to \"1h\""},
        Case{"load.retries", "1001", "is out of range; write 0 to 1000"},
        Case{"load.retry_backoff", "61min", "is out of range; write \"0s\" to \"1h\""},
        Case{"host.ports", "all",
             "is not a range of ports; write two ports from 1 to 65535 and a dash, such as \"1025-5000\""},
        Case{"host.ports", "60000-1000", "runs backwards; write \"1000-60000\""},
        Case{"host.ports", "80-5000",
             "begins below 1024, where the kernel hands out no ports; write a first port of 1024 or more"},
        Case{"host.port_choice", "odd",
             "is not one of the choices; write \"kernel\", \"sequential\", \"random\" or \"bound\""},
        Case{"host.first_port", "highest", "is not a port; write 1024 to 65535, or \"lowest\""},
        Case{"host.first_port", "70000", "is not a port; write 1024 to 65535, or \"lowest\""},
        Case{"host.timed_wait_delay", "1ms", "is out of range; write \"10ms\" to \"1h\", or \"natural\""},
        Case{"host.reserved_ports", "1,,2",
             "is not a list of ports; write ports and ranges with commas between, such as \"20000-20499,20600\""},
        Case{"host.reserved_ports", "1,2,",
             "is not a list of ports; write ports and ranges with commas between, such as \"20000-20499,20600\""},
        Case{"host.reserved_ports", "5,9-7", "runs backwards in 9-7; write the lower port first"},
        Case{"host.tw_reuse", "2", "is not one of the choices; write \"off\", \"on\" or \"loopback\""},
        Case{"host.tw_reuse_delay", "0s", "is out of range; write \"1ms\" to \"1h\""},
        Case{"host.max_time_wait", "10000001", "is out of range; write 0 to 10000000"},
        Case{"host.fin_timeout", "500ms", "is out of range; write \"1s\" to \"1h\""},
        Case{"host.congestion_control", "a b",
             "is not the name of an algorithm, at most 15 letters; write for example \"cubic\""},
        Case{"host.sources", "251", "is out of range; write 1 to 250"},
        Case{"host.destinations", "65", "is out of range; write 1 to 64"},
        Case{"server.kind", "nginx", "is not one of the choices; write \"builtin\" or \"relay\""},
        Case{"server.address", "127.0.0",
             "is not an address 127.x.y.z, ::1 or one of fd00::/64; write for example \"127.0.0.1\""},
        Case{"server.address", "127.0.0.256",
             "is not an address 127.x.y.z, ::1 or one of fd00::/64; write for example \"127.0.0.1\""},
        Case{"server.address", "fd00:0:0:1::1",
             "is not an address 127.x.y.z, ::1 or one of fd00::/64; write for example \"127.0.0.1\""},
        Case{"server.address", "::ffff:127.0.0.1",
             "is not an address 127.x.y.z, ::1 or one of fd00::/64; write for example \"127.0.0.1\""},
        Case{"server.upstream_address", "10.0.0.1",
             "is not an address 127.x.y.z, ::1 or one of fd00::/64; write for example \"127.0.1.1\""},
        Case{"server.port", "0", "is out of range; write 1 to 65535"},
        Case{"server.port", "65536", "is not a whole number from 1 to 65535; write one"},
        Case{"server.backlog", "0", "is out of range; write 1 to 65535"},
        Case{"lab.time_scale", "0.5", "is out of range; write 1 to 1000"},
        Case{"lab.time_scale", "x20", "is not a number from 1 to 1000; write one"},
        Case{"lab.sample", "1ms", "is out of range; write \"10ms\" to \"10s\""},
        Case{"lab.seed", "9223372036854775808", "is not a whole number from 0 to 9223372036854775807; write one"}));

}  // namespace
}  // namespace portdrought::scenario
