#include "probe/sock_diag_decoder.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace portdrought::probe {

namespace {

constexpr std::uint8_t time_wait_timer = 3;  // net/ipv4/inet_diag.c, inet_twsk_diag_fill()

// Copies instead of casting: the bytes may be unaligned, and a copy cannot reach past the span.
template <class Value>
std::optional<Value> copy_of(std::span<const std::byte> bytes) {
    if (bytes.size() < sizeof(Value)) return std::nullopt;
    Value value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

// An IPv6 socket's IPv4 connection comes as an IPv4-mapped address, which os::Address takes for the IPv4 one.
os::Address address_in(const __be32 (&words)[4], std::uint8_t family) {
    if (family == AF_INET) return ntohl(words[0]);
    os::Address::Bytes bytes;
    std::memcpy(bytes.data(), words, bytes.size());
    return os::Address(bytes);
}

}  // namespace

const char* name(TcpState state) {
    constexpr std::array<const char*, 13> names{"UNKNOWN",    "ESTABLISHED", "SYN_SENT", "SYN_RECV",   "FIN_WAIT_1",
                                                "FIN_WAIT_2", "TIME_WAIT",   "CLOSE",    "CLOSE_WAIT", "LAST_ACK",
                                                "LISTEN",     "CLOSING",     "SYN_RECV"};
    const auto number = static_cast<std::size_t>(state);
    return number < names.size() ? names[number] : names[0];
}

std::optional<NetlinkMessage> take_message(std::span<const std::byte>& rest) {
    const auto header = copy_of<nlmsghdr>(rest);
    if (!header || header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > rest.size()) return std::nullopt;
    const NetlinkMessage message{header->nlmsg_type, header->nlmsg_flags,
                                 rest.first(header->nlmsg_len).subspan(sizeof(nlmsghdr))};
    // The last message need not be padded.
    rest = rest.subspan(std::min<std::size_t>(NLMSG_ALIGN(std::size_t{header->nlmsg_len}), rest.size()));
    return message;
}

bool carries_entry(const NetlinkMessage& message) { return message.type == SOCK_DIAG_BY_FAMILY; }

bool says_interrupted(const NetlinkMessage& message) { return (message.flags & NLM_F_DUMP_INTR) != 0; }

// Written where it will be read: copies of an entry cost as much as all the rest of it.
std::optional<SocketEntry> decode_entry(std::span<const std::byte> payload) {
    std::optional<SocketEntry> result;
    const auto raw = copy_of<inet_diag_msg>(payload);
    if (!raw) return result;
    SocketEntry& entry = result.emplace();
    if (raw->idiag_family != AF_INET && raw->idiag_family != AF_INET6) return result;
    entry.tuple.local.address = address_in(raw->id.idiag_src, raw->idiag_family);
    entry.tuple.local.port = ntohs(raw->id.idiag_sport);
    entry.tuple.remote.address = address_in(raw->id.idiag_dst, raw->idiag_family);
    entry.tuple.remote.port = ntohs(raw->id.idiag_dport);
    entry.state = static_cast<TcpState>(raw->idiag_state);
    entry.is_parked = raw->idiag_timer == time_wait_timer;
    entry.expires_ms = raw->idiag_expires;
    entry.inode = raw->idiag_inode;
    entry.cookie = std::uint64_t{raw->id.idiag_cookie[1]} << 32U | raw->id.idiag_cookie[0];
    return result;
}

DecodeResult decode_control(const NetlinkMessage& message) {
    using Status = DecodeResult::Status;
    if (message.type != NLMSG_DONE && message.type != NLMSG_ERROR) return {};  // NLMSG_NOOP and what is yet to come
    // Both begin with a negative errno; NLMSG_DONE may come without one.
    const auto code = copy_of<std::int32_t>(message.payload);
    if (!code) return {message.type == NLMSG_DONE ? Status::done : Status::malformed, 0, false};
    if (*code < 0) return {Status::failed, -*code, false};
    return {message.type == NLMSG_DONE ? Status::done : Status::more, 0, false};
}

}  // namespace portdrought::probe
