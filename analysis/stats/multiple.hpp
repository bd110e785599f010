// Several tests at once, and shares of independent trials. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/stats/values.hpp"

namespace portdrought::stats {

/// Holm's step-down adjustment (Holm 1979), in the order given: calling everything below alpha a difference is wrong
/// about any of them with probability alpha at most, whatever depends on whatever.
std::vector<double> holm(const std::vector<double>& p);

/// Wilson's score interval (Wilson 1927) for the share behind `successes` of `trials` independent trials; trials > 0.
Interval wilson(std::uint64_t successes, std::uint64_t trials, double confidence = 0.95);

}  // namespace portdrought::stats
