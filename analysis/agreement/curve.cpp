#include "analysis/agreement/curve.hpp"

#include <algorithm>

namespace portdrought::agreement {

Curve::Curve(const std::vector<record::Sample>& samples, Reading reading) {
    for (const record::Sample& sample : samples) {
        const auto value = reading(sample);
        if (!value) continue;
        if (points_.empty() && sample.t_s > 0) points_.push_back({0, 0});
        points_.push_back({sample.t_s, static_cast<double>(*value)});
    }
}

double Curve::at(double t_s) const {
    const auto after = std::ranges::upper_bound(points_, t_s, {}, &Point::t_s);
    if (after == points_.begin()) return after->value;
    const Point& before = *(after - 1);
    if (after == points_.end()) return before.value;
    return before.value + (after->value - before.value) * (t_s - before.t_s) / (after->t_s - before.t_s);
}

Curve::Range Curve::between(double from_s, double to_s) const {
    const auto [least, most] = std::minmax({at(from_s), at(to_s)});
    Range range{least, most};
    for (auto point = std::ranges::upper_bound(points_, from_s, {}, &Point::t_s);
         point != points_.end() && point->t_s < to_s; ++point) {
        range.low = std::min(range.low, point->value);
        range.high = std::max(range.high, point->value);
    }
    return range;
}

std::optional<double> Curve::time_of(double value) const {
    const auto reached = std::ranges::lower_bound(points_, value, {}, &Point::value);
    if (reached == points_.end()) return std::nullopt;
    if (reached == points_.begin()) return reached->t_s;
    const Point& before = *(reached - 1);
    return before.t_s + (reached->t_s - before.t_s) * (value - before.value) / (reached->value - before.value);
}

std::optional<Distance> farthest(const record::RunRecord& kernel, const record::RunRecord& model, Reading reading,
                                 double slack_s) {
    const Curve curve(model.samples, reading);
    const Curve offered(model.samples, [](const record::Sample& sample) { return std::optional{sample.attempts}; });
    if (curve.is_empty()) return std::nullopt;
    std::optional<Distance> found;
    for (const record::Sample& sample : kernel.samples) {
        const auto value = reading(sample);
        if (!value) continue;
        double from_s = sample.t_s;
        // After the last attempt their number says nothing about time any more.
        if (sample.attempts < kernel.totals.attempts)
            from_s = std::min(from_s, offered.time_of(static_cast<double>(sample.attempts)).value_or(from_s));
        const auto [low, high] = curve.between(from_s - slack_s, sample.t_s + slack_s);
        const auto measured = static_cast<double>(*value);
        const Distance distance{measured, std::clamp(measured, low, high), sample.t_s};
        if (!found || distance.size() > found->size()) found = distance;
    }
    return found;
}

}  // namespace portdrought::agreement
