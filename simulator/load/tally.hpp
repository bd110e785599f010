// What one worker counted, to be read after it has ended; tallies merge. What is read while it runs is in
// core/live_counters.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/attempt_tally.hpp"
#include "core/outcome.hpp"
#include "core/pool.hpp"
#include "load/connector.hpp"

namespace portdrought::load {

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

struct Tally {
    core::AttemptTally attempts;
    ErrorCounts errors, relay_errors;
    PeerLosses losses;
    core::PoolCounts pool;
    std::uint64_t self_connects = 0;  // connections whose two ends are one socket
    core::Duration in_connect{0};     // real time inside connect(), failed calls included
    core::Duration cpu{0};            // of the worker's thread, while it ran

    void merge(const Tally& other);
};

}  // namespace portdrought::load
