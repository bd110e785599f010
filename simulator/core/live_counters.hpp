// What a worker counts for others to read while it runs: one writer each, relaxed, no locks.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "core/outcome.hpp"

namespace portdrought::core {

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
    std::array<LiveCounter, outcome_count> outcomes;
};

}  // namespace portdrought::core
