// The normal distribution, from Boost.Math. Pure.
#pragma once

namespace portdrought::stats {

/// P(Z > z).
double normal_upper_tail(double z);

/// z such that P(-z <= Z <= z) is `confidence`, which is above 0 and below 1: 1.96 for 0.95.
double normal_two_sided(double confidence);

}  // namespace portdrought::stats
