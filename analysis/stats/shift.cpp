#include "analysis/stats/shift.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "analysis/stats/distributions.hpp"
#include "analysis/stats/mann_whitney.hpp"
#include "analysis/stats/normal.hpp"
#include "analysis/stats/ranks.hpp"
#include "analysis/stats/signed_rank.hpp"

namespace portdrought::stats {
namespace {

/// The interval is from the `count`-th smallest to the `count`-th largest; 0: there is none.
struct Cut {
    std::size_t count = 0;
    double confidence = 0;
    bool exact = true;
};

Cut exact_cut(const std::vector<double>& distribution, double confidence) {
    double below = 0;
    const std::size_t count = critical_value(distribution, (1 - confidence) / 2, below);
    return {count, 1 - 2 * below, true};
}

Cut approximate_cut(double mean, double variance, double confidence) {
    const double count = std::floor(mean + 0.5 - normal_two_sided(confidence) * std::sqrt(variance));
    return {static_cast<std::size_t>(std::max(0.0, count)), confidence, false};
}

Cut cut_of(std::size_t n, std::size_t m, double confidence) {
    if (std::max(n, m) <= most_exact) return exact_cut(u_distribution(n, m), confidence);
    const double pairs = static_cast<double>(n) * static_cast<double>(m);
    return approximate_cut(pairs / 2, pairs * static_cast<double>(n + m + 1) / 12, confidence);
}

Cut signed_rank_cut(std::size_t n, double confidence) {
    if (n <= most_exact) {
        std::vector<std::uint32_t> ranks(n);
        std::iota(ranks.begin(), ranks.end(), 1U);
        return exact_cut(subset_sums(ranks), confidence);
    }
    const double averages = static_cast<double>(n) * static_cast<double>(n + 1) / 2;
    return approximate_cut(averages / 2, averages * static_cast<double>(2 * n + 1) / 12, confidence);
}

/// Whether the test rejects a shift; empty where no values tie.
using Rejects = std::function<bool(double)>;

/// `values` with those that are `target` but for rounding made equal to it.
double snapped(double value, double target, double scale) {
    return std::abs(value - target) <= 4 * std::numeric_limits<double>::epsilon() * scale ? target : value;
}

/// From sorted[place] on in steps of `step`, but not past the middle: the first difference that occurs once, or that
/// the test does not reject as the shift.
double end_from(const std::vector<double>& sorted, std::size_t place, int step, const Rejects& rejects) {
    const auto goes_on = [&](std::size_t i) { return step > 0 ? i < sorted.size() / 2 : i >= (sorted.size() + 1) / 2; };
    while (rejects && goes_on(place)) {
        const double end = sorted[place];
        if (std::ranges::equal_range(sorted, end).size() == 1 || !rejects(end)) break;
        while (goes_on(place) && sorted[place] == end) place += static_cast<std::size_t>(step);
    }
    return sorted[place];
}

bool has_ties(std::vector<double> a, const std::vector<double>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return midranks(a).ties > 0;
}

double largest_size(const std::vector<double>& values) {
    double most = 0;
    for (const double value : values) most = std::max(most, std::abs(value));
    return most;
}

/// Sorted, those that differ only by rounding made equal; `scale` is the size of the values they came from.
void order(std::vector<double>& differences, double scale) {
    for (double& difference : differences) difference = snapped(difference, 0, scale);
    std::ranges::sort(differences);
    for (std::size_t i = 1; i < differences.size(); ++i)
        differences[i] = snapped(differences[i], differences[i - 1], scale);
}

Shift shift_from(const std::vector<double>& differences, const Cut& cut, const Rejects& rejects) {
    Shift result;
    const std::size_t count = differences.size();
    result.estimate = (differences[(count - 1) / 2] + differences[count / 2]) / 2;
    if (cut.count == 0) return result;
    const double lower = end_from(differences, cut.count - 1, 1, rejects);
    const double upper = end_from(differences, count - cut.count, -1, rejects);
    result.interval =
        Interval{std::min(lower, result.estimate), std::max(upper, result.estimate), cut.confidence, cut.exact};
    return result;
}

/// `a` moved by `by`; values that then are those of `b` but for rounding are made equal, so that they tie.
std::vector<double> moved(const std::vector<double>& a, double by, const std::vector<double>& b) {
    std::vector<double> result;
    for (const double value : a) {
        double here = value + by;
        for (const double target : b)
            here = snapped(here, target, std::max({std::abs(value), std::abs(by), std::abs(target)}));
        result.push_back(here);
    }
    return result;
}

}  // namespace

Shift shift(const std::vector<double>& a, const std::vector<double>& b, double confidence) {
    assert(!a.empty() && !b.empty());
    std::vector<double> differences;
    differences.reserve(a.size() * b.size());
    for (const double from : a)
        for (const double to : b) differences.push_back(to - from);
    order(differences, std::max(largest_size(a), largest_size(b)));
    Rejects rejects;
    if (has_ties(a, b)) rejects = [&](double by) { return mann_whitney(moved(a, by, b), b).p <= 1 - confidence; };
    return shift_from(differences, cut_of(a.size(), b.size(), confidence), rejects);
}

Shift paired_shift(const std::vector<double>& differences, double confidence) {
    assert(!differences.empty());
    std::vector<double> averages;
    averages.reserve(differences.size() * (differences.size() + 1) / 2);
    for (std::size_t i = 0; i < differences.size(); ++i)
        for (std::size_t j = i; j < differences.size(); ++j) averages.push_back((differences[i] + differences[j]) / 2);
    order(averages, largest_size(differences));
    Rejects rejects;
    if (has_ties(differences, {}))
        rejects = [&](double by) {
            std::vector<double> rest;
            for (const double difference : differences)
                rest.push_back(snapped(difference - by, 0, std::max(std::abs(difference), std::abs(by))));
            return signed_rank(rest).p <= 1 - confidence;
        };
    return shift_from(averages, signed_rank_cut(differences.size(), confidence), rejects);
}

}  // namespace portdrought::stats
