#include "probe/counters.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace portdrought::probe {
namespace {

constexpr const char* snmp =
    "Ip: Forwarding DefaultTTL\nIp: 1 64\n"
    "Tcp: RtoAlgorithm MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab OutRsts\n"
    "Tcp: 1 -1 300 200 4 5 17 6\n"
    "Udp: InDatagrams\nUdp: 2\n";
constexpr const char* netstat =
    "TcpExt: SyncookiesSent TW TWRecycled TWKilled TCPTimeWaitOverflow\nTcpExt: 9 1000 20 0 3\nIpExt: InOctets\nIpExt: "
    "5\n";

std::optional<std::uint64_t> value(const CounterValues& values, std::string_view name) {
    const auto found = std::find(counter_names.begin(), counter_names.end(), name);
    return found == counter_names.end() ? std::nullopt
                                        : values.values[static_cast<std::size_t>(found - counter_names.begin())];
}

TEST(Counters, AreReadFromBothFiles) {
    CounterValues values;
    parse_counters(snmp, values);
    parse_counters(netstat, values);
    EXPECT_EQ(value(values, "Tcp.ActiveOpens"), 300U);
    EXPECT_EQ(value(values, "Tcp.OutRsts"), 6U);
    EXPECT_EQ(value(values, "TcpExt.TW"), 1000U);
    EXPECT_EQ(value(values, "TcpExt.TWRecycled"), 20U);
    EXPECT_EQ(value(values, "TcpExt.TWKilled"), 0U);
    EXPECT_EQ(value(values, "TcpExt.TCPTimeWaitOverflow"), 3U);
    EXPECT_EQ(values.established, 17U);
}

TEST(Counters, AreAbsentWhereTheKernelDoesNotShowThem) {
    CounterValues values;
    parse_counters(snmp, values);
    EXPECT_EQ(value(values, "TcpExt.TW"), std::nullopt);
    EXPECT_EQ(value(values, "Tcp.RetransSegs"), std::nullopt);
    parse_counters("TcpExt: TW TWRecycled\nTcpExt: 5\n", values);  // a line too short
    EXPECT_EQ(value(values, "TcpExt.TW"), 5U);
    EXPECT_EQ(value(values, "TcpExt.TWRecycled"), std::nullopt);
}

TEST(Counters, AreNotMadeUpFromDamagedText) {
    CounterValues values;
    for (const char* text : {"", "Tcp:", "Tcp: OutRsts", "Tcp: OutRsts\n", "Tcp: OutRsts\nUdp: 3\n",
                             "Tcp: OutRsts\nTcp: x\n", "\n\n", "TcpExt\nTcpExt: 1"}) {
        parse_counters(text, values);
        EXPECT_EQ(values, CounterValues{}) << text;
    }
}

TEST(Counters, DifferByWhatWasCountedBetween) {
    CounterValues before, after;
    parse_counters(netstat, before);
    parse_counters("TcpExt: TW TWRecycled TWKilled\nTcpExt: 1800 20 1\n", after);
    const auto found = deltas(before, after);
    EXPECT_EQ(found, (std::map<std::string, std::uint64_t>{
                         {"TcpExt.TW", 800}, {"TcpExt.TWRecycled", 0}, {"TcpExt.TWKilled", 1}}));
}

}  // namespace
}  // namespace portdrought::probe
