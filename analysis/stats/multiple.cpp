#include "analysis/stats/multiple.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "analysis/stats/normal.hpp"

namespace portdrought::stats {

std::vector<double> holm(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    double largest = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        largest = std::max(largest, static_cast<double>(p.size() - place) * p[order[place]]);
        adjusted[order[place]] = std::min(1.0, largest);
    }
    return adjusted;
}

Interval wilson(std::uint64_t successes, std::uint64_t trials, double confidence) {
    assert(trials > 0 && successes <= trials);
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n, z = normal_two_sided(confidence), zz = z * z;
    const double centre = share + zz / (2 * n);
    const double half = z * std::sqrt(share * (1 - share) / n + zz / (4 * n * n));
    const double scale = 1 + zz / n;
    // Rounding must not put the ends of 0 and n successes beside 0 and 1.
    const double lower = successes == 0 ? 0 : std::max(0.0, (centre - half) / scale);
    const double upper = successes == trials ? 1 : std::min(1.0, (centre + half) / scale);
    return {lower, upper, confidence, false};
}

}  // namespace portdrought::stats
