#include "analysis/charts/trend.hpp"

#include <algorithm>

#include "analysis/charts/held.hpp"
#include "analysis/charts/marks.hpp"
#include "analysis/stats/values.hpp"

namespace portdrought::charts {
namespace {

/// The highest that each run had in each place, the median of them.
std::vector<double> highest(const Held& held, const std::vector<double>& x) {
    std::vector<Course> courses;
    for (const Points& points : held.runs) courses.push_back(gauge(points, x));
    std::vector<double> result;
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::vector<double> values;
        for (const Course& course : courses)
            if (!std::isnan(course[i].high)) values.push_back(course[i].high);
        result.push_back(values.empty() ? NAN : stats::median(std::move(values)));
    }
    return result;
}

}  // namespace

Trend trend_of(const std::vector<const record::RunRecord*>& runs, std::size_t most_points) {
    Trend trend;
    if (runs.empty()) return trend;
    const Variant variant = std::move(variants_of(runs).front());
    const std::vector<Held> held = held_of(variant);
    if (held.empty() || variant.capacity() <= 0) return trend;
    const std::vector<double> x = places_for(held.front().runs, most_points);
    trend.points.assign(x.size(), 0);
    for (const Held& side : held) {
        const std::vector<double> pairs = highest(side, x);
        for (std::size_t i = 0; i < x.size(); ++i) trend.points[i] += pairs[i] / variant.capacity();
    }
    if (const auto mark = first_failure(variant); mark && !x.empty())
        trend.first_failure = std::min(mark->at / x.back(), 1.0);
    return trend;
}

}  // namespace portdrought::charts
