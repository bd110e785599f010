#include "analysis/laws/erlang.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/laws/capacity.hpp"

namespace portdrought::laws {
namespace {

double log_poisson(double mean, std::uint64_t count) {
    const auto n = static_cast<double>(count);
    return n * std::log(mean) - mean - std::lgamma(n + 1);
}

/// Mean of max(N - limit, 0), summed upward: for a limit not below the mean, where the terms fall.
double tail_above(double mean, std::uint64_t limit) {
    double probability = std::exp(log_poisson(mean, limit + 1)), sum = 0;
    for (std::uint64_t n = limit + 1; probability > 0; ++n) {
        const double term = static_cast<double>(n - limit) * probability;
        sum += term;
        if (term < sum * 1e-12 && n > limit + 2) break;
        probability *= mean / static_cast<double>(n + 1);
    }
    return sum;
}

/// Mean of max(limit - N, 0), summed downward: for a limit below the mean.
double tail_below(double mean, std::uint64_t limit) {
    if (limit == 0) return 0;
    double probability = std::exp(log_poisson(mean, limit - 1)), sum = 0;
    for (std::uint64_t n = limit - 1; probability > 0; --n) {
        const double term = static_cast<double>(limit - n) * probability;
        sum += term;
        if (n == 0 || (term < sum * 1e-12 && n + 2 < limit)) break;
        probability *= static_cast<double>(n) / mean;
    }
    return sum;
}

}  // namespace

double erlang_b(double offered, std::uint64_t pairs) {
    if (offered <= 0) return pairs == 0 ? 1 : 0;
    // 1/B(k) = 1 + k/A x 1/B(k-1), written out from the last step: every term is positive, and those that no longer
    // count need not be added. The sum grows without bound where B itself would underflow to 0.
    double inverse = 1, term = 1;
    for (std::uint64_t k = pairs; k > 0 && std::isfinite(inverse); --k) {
        term *= static_cast<double>(k) / offered;
        inverse += term;
        if (term < inverse * 1e-17 && static_cast<double>(k) < offered) break;
    }
    return 1 / inverse;
}

double carried_load(double offered, std::uint64_t pairs) { return offered * (1 - erlang_b(offered, pairs)); }

double poisson_excess(double mean, std::uint64_t limit) {
    if (mean <= 0) return 0;
    const auto bound = static_cast<double>(limit);
    return bound >= mean ? tail_above(mean, limit) : mean - bound + tail_below(mean, limit);
}

double expected_failures(std::uint64_t capacity, core::Rate rate, core::Duration residence, core::Duration duration) {
    const double filling = poisson_excess(little(rate, std::min(residence, duration)), capacity);
    if (duration <= residence) return filling;
    return filling + little(rate, duration - residence) * erlang_b(little(rate, residence), capacity);
}

double rate_of_failures(std::uint64_t capacity, core::Duration residence, core::Duration duration, double failures) {
    const core::Duration window = std::min(residence, duration);
    if (window <= core::Duration{0}) return std::numeric_limits<double>::infinity();
    // At a rate of 0 none fails; at this one the pool alone refuses more than `failures`.
    double least = 0, most = (static_cast<double>(capacity) + failures + 1) / core::seconds(window) * 2;
    for (int step = 0; step < 60; ++step) {
        const double middle = (least + most) / 2;
        (expected_failures(capacity, core::Rate{middle}, residence, duration) < failures ? least : most) = middle;
    }
    return most;
}

}  // namespace portdrought::laws
