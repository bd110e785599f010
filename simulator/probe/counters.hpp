// The kernel's TCP counters of one network namespace (/proc/net/netstat and /proc/net/snmp): those that tell how
// connections ended. A counter this kernel does not show is absent, never 0.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace portdrought::probe {

/// Table and column, as records name them.
inline constexpr std::array<std::string_view, 20> counter_names{
    "TcpExt.TW",                   // entries into TIME_WAIT, counted when they begin
    "TcpExt.TWRecycled",           // ports taken over through tw_reuse
    "TcpExt.TWKilled",             // TIME_WAIT pairs ended before their time
    "TcpExt.TCPTimeWaitOverflow",  // closes that skipped TIME_WAIT at tcp_max_tw_buckets
    "TcpExt.TCPAbortOnData",       // closes with SO_LINGER 0
    "TcpExt.TCPAbortOnClose",      // closes with unread data
    "TcpExt.ListenOverflows",      // handshakes that found the accept queue full
    "TcpExt.ListenDrops",
    "TcpExt.TCPSynRetrans",          // SYNs and SYN-ACKs sent again
    "TcpExt.PAWSActive",             // answers to a SYN dropped by PAWS
    "TcpExt.PAWSEstab",              // segments of open connections dropped by PAWS
    "TcpExt.TCPACKSkippedTimeWait",  // ACKs that TIME_WAIT did not send for the rate limit
    "TcpExt.TCPChallengeACK",        // answers to a segment with a doubtful sequence number
    "TcpExt.TCPReqQFullDrop",        // SYNs dropped because the request queue was full
    "Tcp.OutRsts",
    "Tcp.ActiveOpens",
    "Tcp.PassiveOpens",
    "Tcp.AttemptFails",
    "Tcp.EstabResets",
    "Tcp.RetransSegs",
};

struct CounterValues {
    std::array<std::optional<std::uint64_t>, counter_names.size()> values;  // in the order of counter_names
    std::optional<std::uint64_t> established;  // Tcp.CurrEstab, a gauge: ESTABLISHED and CLOSE_WAIT now

    friend bool operator==(const CounterValues&, const CounterValues&) = default;
};

/// Adds what `text` (either file) shows to `values`. A table is a line of names and a line of numbers, both beginning
/// with its own name; names this project does not know are skipped.
void parse_counters(std::string_view text, CounterValues& values);

/// By name, what was counted between two looks; only counters both looks have.
std::map<std::string, std::uint64_t> deltas(const CounterValues& before, const CounterValues& after);

}  // namespace portdrought::probe
