#include "analysis/stats/ranks.hpp"

#include <algorithm>
#include <numeric>

#include "analysis/stats/values.hpp"

namespace portdrought::stats {

Ranks midranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    Ranks ranks{std::vector<std::uint32_t>(values.size()), 0};
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        const auto equal = static_cast<double>(end - first);
        ranks.ties += equal * equal * equal - equal;
        // Places first + 1 to end have the mean (first + 1 + end) / 2.
        for (std::size_t i = first; i < end; ++i) ranks.doubled[order[i]] = static_cast<std::uint32_t>(first + 1 + end);
    }
    return ranks;
}

double median(std::vector<double> values) {
    const std::size_t half = values.size() / 2;
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(half));
    const double upper = values[half];
    if (values.size() % 2 == 1) return upper;
    return (*std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half)) + upper) / 2;
}

}  // namespace portdrought::stats
