#include "probe/census_count.hpp"

#include <gtest/gtest.h>

namespace portdrought::probe {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t local_address = 0x7f000001, upstream_address = 0x7f000101;
constexpr os::Endpoint server{local_address, 7000};

CensusQuestion question() {
    CensusQuestion asked;
    asked.servers = {{local_address, 1, {7000, 7001}}};
    asked.ports = {20000, 20099};
    asked.capacity = 100;
    return asked;
}

SocketEntry client_held(std::uint16_t port, TcpState state, std::uint32_t expires_ms = 60'000) {
    SocketEntry entry;
    entry.tuple = {{local_address, port}, server};
    entry.state = state;
    entry.expires_ms = expires_ms;
    entry.is_parked = state == TcpState::time_wait;
    return entry;
}

SocketEntry server_held(std::uint16_t port, TcpState state) {
    SocketEntry entry = client_held(port, state);
    entry.tuple = entry.tuple.reversed();
    return entry;
}

CensusCount count(const CensusQuestion& asked, const std::vector<SocketEntry>& entries) {
    CensusCounter counter(asked);
    for (const SocketEntry& entry : entries) counter.add(entry);
    return counter.finish();
}

TEST(CensusCounter, TellsClientHeldFromServerHeld) {
    const auto result =
        count(question(), {client_held(20000, TcpState::time_wait), client_held(20001, TcpState::time_wait),
                           server_held(20002, TcpState::time_wait), client_held(20003, TcpState::fin_wait_2),
                           server_held(20003, TcpState::close_wait), client_held(20004, TcpState::established),
                           server_held(20004, TcpState::established)});
    EXPECT_EQ(result.entries, 7U);
    EXPECT_EQ(result.time_wait_client, 2U);
    EXPECT_EQ(result.time_wait_server, 1U);
    EXPECT_EQ(result.fin_wait_2, 1U);
    EXPECT_EQ(result.connected, 1U);
    EXPECT_EQ(result.parked, 3U);
    EXPECT_EQ(result.ports_in_use, 4U) << "the port whose pair the server holds is free again";
    EXPECT_EQ(result.ports_free(question()), 96U);
}

TEST(CensusCounter, KnowsEveryAddressOfTheServer) {
    CensusQuestion asked = question();
    asked.servers = {{*core::address_from("fd00::1:fffe"), 3, {7000, 7001}}};
    const auto towards = [](const char* address, std::uint16_t port) {
        SocketEntry entry = client_held(20000, TcpState::time_wait);
        entry.tuple = {{*core::address_from("fd00::1"), 20000}, {*core::address_from(address), port}};
        return entry;
    };
    const auto result =
        count(asked, {towards("fd00::1:fffe", 7000), towards("fd00::2:0", 7001), towards("fd00::1:fffd", 7000),
                      towards("fd00::2:1", 7000), towards("fd00::2:0", 7002), towards("fd00::1:0:1:ffff", 7000),
                      client_held(20000, TcpState::time_wait)});
    EXPECT_EQ(result.entries, 2U);
    EXPECT_EQ(result.ports_by_destination,
              (std::map<os::Endpoint, std::uint64_t>{{{*core::address_from("fd00::1:fffe"), 7000}, 1},
                                                     {{*core::address_from("fd00::2:0"), 7001}, 1}}));
}

TEST(CensusCounter, LeavesOutWhatBelongsToNeitherSide) {
    SocketEntry stranger = client_held(20000, TcpState::time_wait);
    stranger.tuple.remote.port = 9;
    EXPECT_EQ(count(question(), {stranger}).entries, 0U);
}

TEST(CensusCounter, CountsPortsConnectCouldHaveChosenOnly) {
    CensusQuestion asked = question();
    asked.reserved = {{20010, 20019}};
    const auto result =
        count(asked, {client_held(20009, TcpState::established), client_held(20010, TcpState::established),
                      client_held(30000, TcpState::established)});
    EXPECT_EQ(result.connected, 3U);
    EXPECT_EQ(result.ports_in_use, 1U);
}

TEST(CensusCounter, KeepsDestinationsApart) {
    SocketEntry other = client_held(20001, TcpState::time_wait);
    other.tuple.remote.port = 7001;
    const auto result =
        count(question(), {client_held(20001, TcpState::time_wait), other, client_held(20002, TcpState::time_wait)});
    EXPECT_EQ(result.ports_by_destination,
              (std::map<os::Endpoint, std::uint64_t>{{server, 2}, {{local_address, 7001}, 1}}));
    EXPECT_EQ(result.ports_in_use, 3U);
}

TEST(CensusCounter, CountsAsReusableWhatHasWaitedLongEnough) {
    CensusQuestion asked = question();
    asked.tw_reuse_delay = 1000ms;
    const std::vector<SocketEntry> entries{
        client_held(20000, TcpState::time_wait, 59'000),  // a second old
        client_held(20001, TcpState::time_wait, 59'001),
        client_held(20002, TcpState::time_wait, 0),
        client_held(20003, TcpState::fin_wait_2, 0),
    };
    const auto result = count(asked, entries);
    EXPECT_EQ(result.reusable, 2U);
    EXPECT_EQ(result.ports_free(asked), 96U);
    asked.tw_reuse = true;
    EXPECT_EQ(result.ports_free(asked), 98U);
}

TEST(CensusCounter, SortsByTheTimeLeftUnderTheEnforcedLength) {
    CensusQuestion asked = question();
    asked.time_wait_length = 10s;
    const auto result = count(asked, {
                                         client_held(20000, TcpState::time_wait, 60'000),  // 10 s left
                                         client_held(20001, TcpState::time_wait, 59'500),  // 9.5 s
                                         client_held(20002, TcpState::time_wait, 55'000),  // 5 s
                                         client_held(20003, TcpState::time_wait, 50'004),  // 4 ms
                                         client_held(20004, TcpState::time_wait, 49'000),  // a second overdue
                                         client_held(20005, TcpState::time_wait, 60'004),  // younger than now
                                     });
    EXPECT_EQ(result.left_by_tenth, (std::vector<std::uint64_t>{2, 0, 0, 0, 1, 0, 0, 0, 0, 2, 1}));
}

TEST(CensusCounter, KeepsTheOldestRows) {
    CensusQuestion asked = question();
    asked.listing_rows = 3;
    std::vector<SocketEntry> entries{client_held(20040, TcpState::established)};
    for (std::uint16_t i = 0; i < 20; ++i) {
        entries.push_back(
            client_held(static_cast<std::uint16_t>(20000 + i), TcpState::time_wait, 50'000U + i * 7 % 20));
    }
    const auto result = count(asked, entries);
    EXPECT_EQ(result.rows_total, 21U);
    ASSERT_EQ(result.rows.size(), 3U);
    EXPECT_EQ(result.rows[0].expires_ms, 50'000U);
    EXPECT_EQ(result.rows[1].expires_ms, 50'001U);
    EXPECT_EQ(result.rows[2].expires_ms, 50'002U);
}

}  // namespace
}  // namespace portdrought::probe
