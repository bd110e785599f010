// The slow way to the same answers: every deal of the pooled values, one by one.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

namespace portdrought::stats::made {

/// U by its definition: pairs with b above a, equal ones count half.
inline double u_by_pairs(const std::vector<double>& a, const std::vector<double>& b) {
    double u = 0;
    for (const double x : a)
        for (const double y : b) u += y > x ? 1 : y == x ? 0.5 : 0;
    return u;
}

/// Two-sided p by going through every way to deal the pooled values into two sides of the same sizes.
inline double p_by_all_deals(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> pooled = a;
    pooled.insert(pooled.end(), b.begin(), b.end());
    const double mean = static_cast<double>(a.size() * b.size()) / 2;
    const double observed = std::abs(u_by_pairs(a, b) - mean);
    std::size_t deals = 0, as_far = 0;
    for (unsigned mask = 0; mask < 1U << pooled.size(); ++mask) {
        std::vector<double> left, right;
        for (std::size_t i = 0; i < pooled.size(); ++i) ((mask >> i & 1U) != 0 ? right : left).push_back(pooled[i]);
        if (right.size() != b.size()) continue;
        ++deals;
        if (std::abs(u_by_pairs(left, right) - mean) >= observed) ++as_far;
    }
    return static_cast<double>(as_far) / static_cast<double>(deals);
}

}  // namespace portdrought::stats::made
