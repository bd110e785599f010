// Whether pairs differ: Wilcoxon's signed-rank test (Wilcoxon 1945), for runs that share their seed on an engine whose
// result the seed decides. Exact up to 50 pairs, ties included. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/stats/mann_whitney.hpp"

namespace portdrought::stats {

/// The statistic is V, the rank sum of the positive differences; equal sizes share midranks, zeros are left out, as
/// Wilcoxon did. Exact p counts all ways to give the sizes a sign. p is 1 where every difference is zero.
RankTest signed_rank(const std::vector<double>& differences);

/// Vargha and Delaney's A for pairs: the share of positive differences, zeros count half.
double paired_a12(const std::vector<double>& differences);

/// The smallest two-sided p that n pairs can give: 2 / 2^n.
double least_paired_p(std::size_t pairs);

}  // namespace portdrought::stats
