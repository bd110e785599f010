#include "probe/sock_diag_decoder.hpp"

#include <gtest/gtest.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace portdrought::probe {
namespace {

using Status = DecodeResult::Status;
using Bytes = std::vector<std::byte>;

// Datagrams of a real dump (Linux 6.18): 12 connections the client closed first, 5 the server closed first, 3 open ones
// and 2 whose passive side never closed; then its end; then the answer to a dump of an unknown address family.
Bytes recorded(const std::string& name) {
    std::ifstream file(std::string(PORTDROUGHT_TEST_DATA) + "/probe/" + name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    Bytes bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

std::vector<SocketEntry> entries_of(const Bytes& bytes, DecodeResult& result) {
    std::vector<SocketEntry> entries;
    result = decode(std::span(bytes), [&](const SocketEntry& entry) { entries.push_back(entry); });
    return entries;
}

TEST(SockDiagDecoder, FindsEveryEntryOfARecordedDump) {
    DecodeResult result;
    const auto entries = entries_of(recorded("dump_entries.bin"), result);
    EXPECT_EQ(result, (DecodeResult{Status::more, 0, false}));
    ASSERT_EQ(entries.size(), 27U);
    std::map<TcpState, int> by_state;
    std::set<std::uint64_t> cookies;
    for (const SocketEntry& entry : entries) {
        ++by_state[entry.state];
        cookies.insert(entry.cookie);
        EXPECT_EQ(entry.tuple.local.address, 0x7f000001U);
        EXPECT_EQ(entry.tuple.remote.address, 0x7f000001U);
        EXPECT_TRUE(entry.tuple.local.port == 33377 || entry.tuple.remote.port == 33377);
    }
    EXPECT_EQ(by_state[TcpState::time_wait], 17);
    EXPECT_EQ(by_state[TcpState::established], 6);
    EXPECT_EQ(by_state[TcpState::fin_wait_2], 2);
    EXPECT_EQ(by_state[TcpState::close_wait], 2);
    EXPECT_EQ(cookies.size(), entries.size());
}

TEST(SockDiagDecoder, TellsEntriesWithoutOwnerFromSockets) {
    DecodeResult result;
    for (const SocketEntry& entry : entries_of(recorded("dump_entries.bin"), result)) {
        const bool waits = entry.state == TcpState::time_wait || entry.state == TcpState::fin_wait_2;
        EXPECT_EQ(entry.is_parked, waits);
        EXPECT_EQ(entry.inode == 0, waits);
        if (waits) {
            EXPECT_GT(entry.expires_ms, 59'000U);
            EXPECT_LE(entry.expires_ms, 60'000U);
        }
    }
}

TEST(SockDiagDecoder, SeesTheEndOfADumpAndErrors) {
    DecodeResult result;
    EXPECT_TRUE(entries_of(recorded("dump_done.bin"), result).empty());
    EXPECT_EQ(result, (DecodeResult{Status::done, 0, false}));
    EXPECT_TRUE(entries_of(recorded("dump_error.bin"), result).empty());
    EXPECT_EQ(result.status, Status::failed);
    EXPECT_EQ(result.error, EINVAL);
}

TEST(SockDiagDecoder, SeesThatTheTableChangedUnderTheDump) {
    for (const char* name : {"dump_entries.bin", "dump_done.bin"}) {
        Bytes bytes = recorded(name);
        nlmsghdr header{};
        std::memcpy(&header, bytes.data(), sizeof header);
        header.nlmsg_flags |= NLM_F_DUMP_INTR;
        std::memcpy(bytes.data(), &header, sizeof header);
        DecodeResult result;
        entries_of(bytes, result);
        EXPECT_TRUE(result.interrupted) << name;
    }
}

// Where one message ends and the next begins, padding included.
std::set<std::size_t> message_ends(const Bytes& bytes) {
    std::set<std::size_t> ends;
    for (std::size_t at = 0; at < bytes.size();) {
        nlmsghdr header{};
        std::memcpy(&header, bytes.data() + at, sizeof header);
        at += NLMSG_ALIGN(header.nlmsg_len);
        ends.insert(at);
    }
    return ends;
}

// Each cut is decoded from memory of exactly its size, so that the address sanitizer sees a read past the end.
TEST(SockDiagDecoder, StopsAtTheEndOfACutDatagram) {
    for (const char* name : {"dump_entries.bin", "dump_done.bin", "dump_error.bin"}) {
        const Bytes whole = recorded(name);
        const auto ends = message_ends(whole);
        for (std::size_t length = 1; length < whole.size(); ++length) {
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            DecodeResult result;
            const std::size_t entries = entries_of(cut, result).size();
            const auto whole_messages = std::distance(ends.begin(), ends.upper_bound(length));
            EXPECT_EQ(entries, static_cast<std::size_t>(whole_messages)) << name << " cut to " << length;
            EXPECT_EQ(result.status, ends.contains(length) ? Status::more : Status::malformed)
                << name << " cut to " << length;
        }
    }
}

TEST(SockDiagDecoder, SurvivesCorruptedBytes) {
    const Bytes whole = recorded("dump_entries.bin");
    std::mt19937 random(20240607);
    std::size_t malformed = 0;
    for (int round = 0; round < 20'000; ++round) {
        Bytes damaged(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(random() % whole.size() + 1));
        for (unsigned hits = random() % 16 + 1; hits > 0; --hits) {
            damaged[random() % damaged.size()] = static_cast<std::byte>(random());
        }
        DecodeResult result;
        const auto entries = entries_of(damaged, result);
        EXPECT_LE(entries.size(), damaged.size() / (sizeof(nlmsghdr) + sizeof(inet_diag_msg)));
        malformed += result.status == Status::malformed ? 1U : 0U;
    }
    EXPECT_GT(malformed, 1000U);
}

TEST(SockDiagDecoder, SkipsOtherAddressFamilies) {
    Bytes bytes = recorded("dump_entries.bin");
    bytes[sizeof(nlmsghdr)] = std::byte{AF_UNIX};
    DecodeResult result;
    EXPECT_EQ(entries_of(bytes, result).size(), 26U);
}

// The first entry of the recorded dump with other addresses.
SocketEntry first_entry_with(std::uint8_t family, const char* local, const char* remote) {
    Bytes bytes = recorded("dump_entries.bin");
    inet_diag_msg entry{};
    std::byte* const place = bytes.data() + sizeof(nlmsghdr);
    std::memcpy(&entry, place, sizeof entry);
    entry.idiag_family = family;
    const auto local_bytes = core::address_from(local)->bytes(), remote_bytes = core::address_from(remote)->bytes();
    std::memcpy(entry.id.idiag_src, local_bytes.data(), local_bytes.size());
    std::memcpy(entry.id.idiag_dst, remote_bytes.data(), remote_bytes.size());
    std::memcpy(place, &entry, sizeof entry);
    DecodeResult result;
    return entries_of(bytes, result).front();
}

TEST(SockDiagDecoder, ReadsIpv6Entries) {
    DecodeResult result;
    const SocketEntry ipv4 = entries_of(recorded("dump_entries.bin"), result).front();
    const SocketEntry entry = first_entry_with(AF_INET6, "fd00::ab:1", "::1");
    EXPECT_EQ(core::to_string(entry.tuple.local.address), "fd00::ab:1");
    EXPECT_EQ(core::to_string(entry.tuple.remote.address), "::1");
    EXPECT_EQ(entry.tuple.local.port, ipv4.tuple.local.port);
    EXPECT_EQ(entry.cookie, ipv4.cookie);
}

// A socket opened for IPv6 that speaks IPv4 is listed as IPv6 with mapped addresses.
TEST(SockDiagDecoder, TakesMappedAddressesForIpv4) {
    DecodeResult result;
    const SocketEntry ipv4 = entries_of(recorded("dump_entries.bin"), result).front();
    EXPECT_EQ(first_entry_with(AF_INET6, "::ffff:127.0.0.1", "::ffff:127.0.0.1"), ipv4);
}

TEST(TcpState, IsNamedAsNetstatDoes) {
    EXPECT_STREQ(name(TcpState::time_wait), "TIME_WAIT");
    EXPECT_STREQ(name(TcpState::fin_wait_2), "FIN_WAIT_2");
    EXPECT_STREQ(name(TcpState::established), "ESTABLISHED");
    EXPECT_STREQ(name(static_cast<TcpState>(200)), "UNKNOWN");
}

}  // namespace
}  // namespace portdrought::probe
