// What one worker counted. LiveCounters are read by the sampler while the worker runs: one writer each, relaxed, no
// locks. Tally is read after the worker has ended; tallies merge.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/histogram.hpp"
#include "core/outcome.hpp"
#include "load/connector.hpp"

namespace portdrought::load {

/// A counter with a single writer: plain load and store instead of a locked increment.
class LiveCounter {
public:
    void add_one() { value_.store(value_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

struct alignas(64) LiveCounters {
    LiveCounter attempts, connected;
    std::array<LiveCounter, core::outcome_count> outcomes;
};

/// How often each call failed with each errno; "connect/EADDRNOTAVAIL" by name.
class ErrorCounts {
public:
    void add(Finding finding) { ++counts_[{finding.call, finding.error}]; }
    void merge(const ErrorCounts& other);
    std::map<std::string, std::uint64_t> by_name() const;

private:
    std::map<std::pair<core::Call, int>, std::uint64_t> counts_;
};

/// What the passive side of connections lost.
struct PeerLosses {
    std::uint64_t resets_seen = 0;
    std::uint64_t transfers_cut = 0;
    std::uint64_t bytes_lost = 0;
};

/// What became of the connections of the client's pool.
struct PoolCounts {
    std::uint64_t reused = 0;  // requests on a connection that was there already
    std::uint64_t closed_full = 0, closed_idle = 0, closed_worn = 0, closed_unread = 0;
};

struct Tally {
    core::Histogram connect;           // actual start of the try -> established
    core::Histogram connect_intended;  // intended start of the attempt -> established
    core::Histogram start_lag;
    ErrorCounts errors, relay_errors;
    PeerLosses losses;
    PoolCounts pool;
    std::uint64_t retries = 0;
    std::uint64_t self_connects = 0;                  // connections whose two ends are one socket
    std::optional<core::Instant> first_without_port;  // intended start of the first attempt that found no port
    core::Duration in_connect{0};                     // real time inside connect(), failed calls included
    core::Duration cpu{0};                            // of the worker's thread, while it ran

    void merge(const Tally& other);
};

}  // namespace portdrought::load
