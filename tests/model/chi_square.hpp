// Pearson's chi-square statistics and a limit that chance exceeds once in 30,000 times: what the tests hold frequencies
// to. Seeds are fixed where we choose; a kernel's are not, so the limit is what such a test can fail by chance.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace portdrought::model {

using Frequencies = std::vector<double>;

inline double total(const Frequencies& counts) { return std::accumulate(counts.begin(), counts.end(), 0.0); }

/// Against equal frequencies in all bins.
inline double chi_square_of_even(const Frequencies& counts) {
    const double expected = total(counts) / static_cast<double>(counts.size());
    double sum = 0;
    for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
    return sum;
}

/// Of two samples, bin by bin: do they come from one distribution? Bins that both leave empty add nothing.
inline double chi_square_of_two(const Frequencies& a, const Frequencies& b) {
    const double to_a = std::sqrt(total(b) / total(a)), to_b = 1 / to_a;
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] + b[i] > 0) sum += (to_a * a[i] - to_b * b[i]) * (to_a * a[i] - to_b * b[i]) / (a[i] + b[i]);
    return sum;
}

/// The value exceeded with a chance of 1 in 31,574 (z = 4) for `bins` bins (Wilson and Hilferty's approximation).
inline double chi_square_limit(std::size_t bins) {
    const double freedom = static_cast<double>(bins) - 1, part = 2 / (9 * freedom);
    return freedom * std::pow(1 - part + 4 * std::sqrt(part), 3);
}

}  // namespace portdrought::model
