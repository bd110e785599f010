// How one offered attempt ended. A finding such as EADDRNOTAVAIL is data, counted here, never thrown.
// Every attempt has exactly one outcome, so attempts == sum of outcomes in every record.
#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string_view>

namespace portdrought::core {

enum class Outcome : std::uint8_t {
    ok,               // whole exchange done and closed as the scenario says
    no_port_connect,  // connect(): EADDRNOTAVAIL, every port to this destination is taken
    no_port_bind,     // bind(): EADDRINUSE or EADDRNOTAVAIL, every port of this address is taken
    refused,          // connect(): ECONNREFUSED
    reset,            // ECONNRESET or EPIPE after the connection was made
    timeout,          // no end within load.timeout, or ETIMEDOUT
    fd_limit,         // EMFILE or ENFILE
    no_memory,        // ENOBUFS or ENOMEM
    cut_short,        // the peer's FIN came before the whole response
    refused_locally,  // load.admission let no more through; nothing was opened
    late,             // no in-flight slot when it was due; never started
    unfinished,       // the run was stopped while it was under way
    other             // anything else; the record's errors map names call and errno
};

inline constexpr std::size_t outcome_count = 13;

/// The name used in records and expectations, for example "no_port_connect".
std::string_view name(Outcome outcome);
std::optional<Outcome> outcome_from_name(std::string_view name);

/// Where a finding came from; call and errno are kept apart (bind/EADDRINUSE is not connect/EADDRNOTAVAIL).
enum class Call : std::uint8_t { socket, bind, connect, send, receive, accept, close };
inline constexpr std::size_t call_count = 7;
std::string_view name(Call call);

/// The outcome of an attempt whose `call` failed with `error` (an errno value).
Outcome outcome_of(Call call, int error);

/// Count per outcome; index with static_cast<size_t>(Outcome).
struct OutcomeCounts {
    std::array<std::uint64_t, outcome_count> counts{};

    std::uint64_t& operator[](Outcome outcome) { return counts[static_cast<std::size_t>(outcome)]; }
    std::uint64_t operator[](Outcome outcome) const { return counts[static_cast<std::size_t>(outcome)]; }
    std::uint64_t total() const { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }
    /// Attempts that found no port, by either call.
    std::uint64_t no_port() const { return (*this)[Outcome::no_port_connect] + (*this)[Outcome::no_port_bind]; }
    /// Everything but ok.
    std::uint64_t failed() const { return total() - (*this)[Outcome::ok]; }
    OutcomeCounts& operator+=(const OutcomeCounts& other);
    friend bool operator==(const OutcomeCounts&, const OutcomeCounts&) = default;
};

}  // namespace portdrought::core
