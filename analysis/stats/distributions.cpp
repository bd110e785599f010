#include "analysis/stats/distributions.hpp"

#include <algorithm>
#include <numeric>

namespace portdrought::stats {
namespace {

void normalise(std::vector<double>& counts) {
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    for (double& count : counts) count /= all;
}

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; }

}  // namespace

std::vector<double> chosen_sums(const std::vector<std::uint32_t>& weights, std::size_t chosen) {
    std::vector<std::uint32_t> rising = weights;
    std::ranges::sort(rising);
    std::vector<std::size_t> below(rising.size() + 1, 0);  // below[i]: sum of the i smallest weights
    std::partial_sum(rising.begin(), rising.end(), below.begin() + 1);
    // counts[k][s]: ways to choose k of the weights so far with sum s. Doubles hold counts to 1 part in 10^15.
    std::vector<std::vector<double>> counts;
    for (std::size_t k = 0; k <= chosen; ++k) counts.emplace_back(below.back() - below[rising.size() - k] + 1, 0.0);
    counts[0][0] = 1;
    for (std::size_t seen = 0; seen < rising.size(); ++seen) {
        const std::size_t weight = rising[seen];
        for (std::size_t k = std::min(chosen, seen + 1); k > 0; --k) {
            // With k - 1 of those before, only sums between the smallest and the largest of them occur.
            const std::size_t least = below[k - 1], most = below[seen] - below[seen - (k - 1)];
            const double* from = counts[k - 1].data();
            double* to = counts[k].data() + weight;
            for (std::size_t sum = least; sum <= most; ++sum) to[sum] += from[sum];
        }
    }
    normalise(counts[chosen]);
    return counts[chosen];
}

std::vector<double> subset_sums(const std::vector<std::uint32_t>& weights) {
    std::vector<double> counts{1};
    for (const std::uint32_t weight : weights) {
        const std::size_t before = counts.size();
        counts.resize(before + weight, 0);
        for (std::size_t sum = before; sum-- > 0;) counts[sum + weight] += counts[sum];
    }
    normalise(counts);
    return counts;
}

std::vector<double> u_distribution(std::size_t n, std::size_t m) {
    // The counts are the coefficients of the Gaussian binomial: product of (1 - q^(m+i)) / (1 - q^i) for i = 1 .. n.
    std::vector<double> counts(n * m + 1, 0);
    counts[0] = 1;
    for (std::size_t i = 1; i <= n; ++i) {
        for (std::size_t u = n * m; u >= m + i; --u) counts[u] -= counts[u - m - i];
        for (std::size_t u = i; u <= n * m; ++u) counts[u] += counts[u - i];
    }
    // Symmetric; the lower half, which is summed from small counts, is the more precise one.
    for (std::size_t u = 0; u * 2 < n * m; ++u) counts[n * m - u] = counts[u];
    normalise(counts);
    return counts;
}

std::size_t critical_value(const std::vector<double>& distribution, double tail, double& below) {
    below = 0;
    std::size_t value = 0;
    while (value < distribution.size() && below + distribution[value] <= tail) below += distribution[value++];
    return value;
}

double two_sided(const std::vector<double>& distribution, std::uint64_t centre, std::uint64_t observed) {
    const std::uint64_t far = distance(2 * observed, centre);
    double p = 0;
    for (std::size_t sum = 0; sum < distribution.size(); ++sum)
        if (distance(2 * sum, centre) >= far) p += distribution[sum];
    return std::min(p, 1.0);
}

}  // namespace portdrought::stats
