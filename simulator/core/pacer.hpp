// Says when attempts are due (open loop): the rate limiter of a load generator. It never looks at the clock and never
// waits, so a slow server cannot slow it down; both engines offer the same attempts for the same seed.
#pragma once

#include <cstdint>
#include <random>

#include "core/units.hpp"

namespace portdrought::core {

enum class Arrivals : std::uint8_t {
    constant,  // equal gaps of 1/rate
    poisson    // exponential gaps of mean 1/rate
};

class Pacer {
public:
    /// Attempts of one of `shares` equal workers; together the shares offer `rate`. share < shares.
    Pacer(Arrivals arrivals, Rate rate, std::uint64_t seed, unsigned share = 0, unsigned shares = 1);

    /// Intended start of the next attempt.
    Instant next_due() const { return due_; }
    void advance();

private:
    Duration exponential_gap();

    Arrivals arrivals_;
    double gap_ns_;         // mean gap of this share
    double offset_ns_ = 0;  // start of this share, so that constant shares interleave
    std::uint64_t index_ = 0;
    std::mt19937_64 random_;
    Instant due_{0};
};

}  // namespace portdrought::core
