// Reads datagrams of a sock_diag dump (nlmsghdr + inet_diag_msg, linux/inet_diag.h): a pure function over bytes that
// never looks past them, whatever they claim. IPv4 and IPv6 sockets are handed on; attributes after an entry are
// skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "os/net/tuple.hpp"

namespace portdrought::probe {

/// The kernel's numbers (include/net/tcp_states.h) of the states this project names.
enum class TcpState : std::uint8_t { established = 1, fin_wait_2 = 5, time_wait = 6, close_wait = 8, listen = 10 };

struct SocketEntry {
    os::Tuple tuple;  // as the holder of the entry sees it
    TcpState state{};
    bool is_parked = false;        // kept without a socket (timer 3): TIME_WAIT, or an orphan's FIN_WAIT_2
    std::uint32_t expires_ms = 0;  // until the timer fires, 0 when overdue; steps of one kernel tick
    std::uint32_t inode = 0;       // 0: no process owns it
    std::uint64_t cookie = 0;
    friend bool operator==(const SocketEntry&, const SocketEntry&) = default;
};

/// netstat's word for a state, "TIME_WAIT"; "UNKNOWN" for a number the kernel has not defined.
const char* name(TcpState state);

struct DecodeResult {
    enum class Status : std::uint8_t { more, done, failed, malformed };
    Status status = Status::more;
    int error = 0;             // errno, when failed
    bool interrupted = false;  // NLM_F_DUMP_INTR: the table changed under the dump, entries may be missing or double
    friend bool operator==(const DecodeResult&, const DecodeResult&) = default;
};

/// One netlink message, taken off the front of a datagram.
struct NetlinkMessage {
    std::uint16_t type = 0, flags = 0;
    std::span<const std::byte> payload;
};

/// nullopt when `rest` does not begin with a whole message.
std::optional<NetlinkMessage> take_message(std::span<const std::byte>& rest);
/// nullopt when the payload is too short; an entry that is neither IPv4 nor IPv6 has state 0.
std::optional<SocketEntry> decode_entry(std::span<const std::byte> payload);
/// What a message that carries no entry means for the dump.
DecodeResult decode_control(const NetlinkMessage& message);
bool carries_entry(const NetlinkMessage& message);
bool says_interrupted(const NetlinkMessage& message);

/// Calls `sink(const SocketEntry&)` for each entry. Status `more`: the dump goes on with the next datagram.
template <class Sink>
DecodeResult decode(std::span<const std::byte> datagram, Sink&& sink) {
    DecodeResult result;
    while (!datagram.empty() && result.status == DecodeResult::Status::more) {
        const auto message = take_message(datagram);
        if (!message) return {DecodeResult::Status::malformed, 0, result.interrupted};
        const bool interrupted = result.interrupted || says_interrupted(*message);
        if (carries_entry(*message)) {
            const auto entry = decode_entry(message->payload);
            if (!entry) return {DecodeResult::Status::malformed, 0, interrupted};
            if (entry->state != TcpState{}) sink(*entry);
        } else {
            result = decode_control(*message);
        }
        result.interrupted = interrupted;
    }
    return result;
}

}  // namespace portdrought::probe
