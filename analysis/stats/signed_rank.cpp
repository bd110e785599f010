#include "analysis/stats/signed_rank.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "analysis/stats/distributions.hpp"
#include "analysis/stats/normal.hpp"
#include "analysis/stats/ranks.hpp"

namespace portdrought::stats {
namespace {

double approximate_p(const Ranks& ranks, double twice_v) {
    const auto n = static_cast<double>(ranks.doubled.size());
    const double variance = n * (n + 1) * (2 * n + 1) / 24 - ranks.ties / 48;
    if (variance <= 0) return 1;
    const double far = std::abs(twice_v / 2 - n * (n + 1) / 4);
    return std::min(1.0, 2 * normal_upper_tail(std::max(0.0, far - 0.5) / std::sqrt(variance)));
}

}  // namespace

RankTest signed_rank(const std::vector<double>& differences) {
    std::vector<double> changed, sizes;
    for (const double difference : differences) {
        if (difference == 0) continue;
        changed.push_back(difference);
        sizes.push_back(std::abs(difference));
    }
    const Ranks ranks = midranks(sizes);
    std::uint64_t twice_v = 0;
    for (std::size_t i = 0; i < changed.size(); ++i)
        if (changed[i] > 0) twice_v += ranks.doubled[i];
    const double v = static_cast<double>(twice_v) / 2;
    if (changed.size() > most_exact) return {v, approximate_p(ranks, 2 * v), false};
    const std::uint64_t all = std::accumulate(ranks.doubled.begin(), ranks.doubled.end(), std::uint64_t{0});
    return {v, two_sided(subset_sums(ranks.doubled), all, twice_v), true};
}

double paired_a12(const std::vector<double>& differences) {
    assert(!differences.empty());
    const auto positive = std::ranges::count_if(differences, [](double d) { return d > 0; });
    const auto zero = std::ranges::count(differences, 0.0);
    return (static_cast<double>(positive) + static_cast<double>(zero) / 2) / static_cast<double>(differences.size());
}

double least_paired_p(std::size_t pairs) { return std::min(1.0, 2 / std::pow(2.0, static_cast<double>(pairs))); }

}  // namespace portdrought::stats
