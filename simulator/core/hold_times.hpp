// How long each connection is held before its close: random, seeded, with a given mean. Both engines draw from here,
// one object for each side that closes.
#pragma once

#include <cstdint>
#include <random>

#include "core/connection_cycle.hpp"
#include "core/units.hpp"

namespace portdrought::core {

enum class HoldDistribution : std::uint8_t {
    constant,
    exponential,
    uniform,   // from 0 to twice the mean
    lognormal  // the logarithm has a standard deviation of 1
};

/// No hold is longer: the mean, 20, 2 or 245 times the mean. An exponential or lognormal time beyond (one in 10^9) is
/// cut to it, which takes less than a millionth from the mean.
Duration longest_hold(HoldDistribution distribution, Duration mean);

class HoldTimes {
public:
    HoldTimes(HoldDistribution distribution, Duration mean, std::uint64_t seed, Side side, unsigned share = 0);

    Duration next() { return distribution_ == HoldDistribution::constant ? mean_ : draw(); }

private:
    Duration draw();

    HoldDistribution distribution_;
    Duration mean_, longest_;
    std::mt19937_64 random_;
};

}  // namespace portdrought::core
