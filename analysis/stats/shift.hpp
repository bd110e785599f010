// By how much one independent sample lies above another: the Hodges-Lehmann shift with its exact interval (Hodges and
// Lehmann 1963; Moses; Hollander and Wolfe, Nonparametric Statistical Methods, 4.2 and 4.3). Pure.
#pragma once

#include <optional>
#include <vector>

#include "analysis/stats/values.hpp"

namespace portdrought::stats {

struct Shift {
    double estimate = 0;               // the median of all differences
    std::optional<Interval> interval;  // absent where the samples are too small for the confidence
};

/// How far `b` lies above `a`: the median of all differences b - a. The interval runs from the c-th smallest to the
/// c-th largest of them, c the largest with 2 P(U < c) <= 1 - confidence; above most_exact values a side c is
/// approximate. It needs 4 values a side for 95 %. Discrete: 10 and 10 values give 95.7 %. Where values tie, the
/// textbook's interval covers too often; there an end that occurs more than once among the differences moves to the
/// next one that the test with midranks does not reject, so that test and interval agree about counts as well.
Shift shift(const std::vector<double>& a, const std::vector<double>& b, double confidence = 0.95);

/// The same for differences of pairs: the median of all Walsh averages (d_i + d_j) / 2, i <= j, and the interval from
/// the signed-rank distribution. It needs 6 pairs for 95 %.
Shift paired_shift(const std::vector<double>& differences, double confidence = 0.95);

}  // namespace portdrought::stats
