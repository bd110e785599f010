// Whether two independent samples differ: the Mann-Whitney U test (Mann and Whitney 1947, Wilcoxon's rank sum) and the
// effect size A12 (Vargha and Delaney 2000). Exact up to 50 values a side, ties included. Pure.
#pragma once

#include <cstddef>
#include <vector>

namespace portdrought::stats {

/// Up to this many values a side the null distribution is counted; above it is approximated by the normal one.
inline constexpr std::size_t most_exact = 50;

struct RankTest {
    double statistic = 0;  // as each test says
    double p = 1;          // two-sided
    bool exact = true;     // false: normal approximation
};

/// The statistic is U, how many pairs have the value of `b` above that of `a`; equal ones count half. Exact p is the
/// share of all ways to deal the pooled values out in which the rank sum is as far from its mean as observed or
/// farther; tied values keep their midranks. The approximation corrects for ties and continuity. Neither is empty.
RankTest mann_whitney(const std::vector<double>& a, const std::vector<double>& b);

/// P(a value of b > a value of a) + P(equal)/2: 0.5 where nothing differs, 1 where all of b are above all of a.
/// Vargha and Delaney call 0.56 (0.44) small, 0.64 (0.36) medium and 0.71 (0.29) large.
double a12(const std::vector<double>& a, const std::vector<double>& b);

/// The smallest two-sided p that n and m values can give, when they all differ: 2 / (n + m choose n).
double least_p(std::size_t n, std::size_t m);

}  // namespace portdrought::stats
