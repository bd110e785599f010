#include "analysis/stats/mann_whitney.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "analysis/stats/distributions.hpp"
#include "analysis/stats/normal.hpp"
#include "analysis/stats/ranks.hpp"

namespace portdrought::stats {
namespace {

struct Pooled {
    std::size_t n = 0, m = 0;  // of a and b
    Ranks ranks;               // those of a first
    std::uint64_t sum_b = 0;   // of the doubled ranks of b

    /// Twice U: the doubled rank sum less its least value.
    std::uint64_t twice_u() const { return sum_b - m * (m + 1); }
};

Pooled pool(const std::vector<double>& a, const std::vector<double>& b) {
    assert(!a.empty() && !b.empty());
    std::vector<double> values = a;
    values.insert(values.end(), b.begin(), b.end());
    Pooled pooled{a.size(), b.size(), midranks(values), 0};
    const auto first_b = pooled.ranks.doubled.begin() + static_cast<std::ptrdiff_t>(a.size());
    pooled.sum_b = std::accumulate(first_b, pooled.ranks.doubled.end(), std::uint64_t{0});
    return pooled;
}

/// Ranks::ties of that many equal values.
double all_tied(std::size_t equal) {
    const auto t = static_cast<double>(equal);
    return t * t * t - t;
}

double exact_p(const Pooled& pooled) {
    const auto [n, m] = std::pair{pooled.n, pooled.m};
    if (pooled.ranks.ties == 0) return two_sided(u_distribution(n, m), n * m, pooled.twice_u() / 2);
    if (pooled.ranks.ties == all_tied(n + m)) return 1;  // all are equal
    // The smaller side is dealt out: its sum is far from the mean exactly when the other one's is.
    const std::uint64_t all = (n + m) * (n + m + 1);
    const std::uint64_t sum = m <= n ? pooled.sum_b : all - pooled.sum_b;
    const std::size_t dealt = std::min(n, m);
    return two_sided(chosen_sums(pooled.ranks.doubled, dealt), 2 * dealt * (n + m + 1), sum);
}

double approximate_p(const Pooled& pooled) {
    const auto n = static_cast<double>(pooled.n), m = static_cast<double>(pooled.m), all = n + m;
    const double variance = n * m / 12 * (all + 1 - pooled.ranks.ties / (all * (all - 1)));
    if (variance <= 0) return 1;
    const double far = std::abs(static_cast<double>(pooled.twice_u()) - n * m) / 2;
    return std::min(1.0, 2 * normal_upper_tail(std::max(0.0, far - 0.5) / std::sqrt(variance)));
}

}  // namespace

RankTest mann_whitney(const std::vector<double>& a, const std::vector<double>& b) {
    const Pooled pooled = pool(a, b);
    const bool exact = std::max(pooled.n, pooled.m) <= most_exact;
    return {static_cast<double>(pooled.twice_u()) / 2, exact ? exact_p(pooled) : approximate_p(pooled), exact};
}

double a12(const std::vector<double>& a, const std::vector<double>& b) {
    const Pooled pooled = pool(a, b);
    return static_cast<double>(pooled.twice_u()) / 2 / (static_cast<double>(pooled.n) * static_cast<double>(pooled.m));
}

double least_p(std::size_t n, std::size_t m) {
    double ways = 1;
    for (std::size_t i = 1; i <= m; ++i) ways *= static_cast<double>(n + i) / static_cast<double>(i);
    return std::min(1.0, 2 / ways);
}

}  // namespace portdrought::stats
