#include "analysis/agreement/curve.hpp"

#include <algorithm>
#include <cmath>

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

namespace {

/// A run of the model over time.
struct Course {
    Curve figure, attempts;

    Course(const record::RunRecord& model, Reading reading)
        : figure(model.samples, reading),
          attempts(model.samples, [](const record::Sample& sample) { return std::optional{sample.attempts}; }) {}
};

/// After the last attempt their number says nothing about time any more.
double begin_of(const Course& model, const record::RunRecord& kernel, const record::Sample& sample) {
    if (sample.attempts >= kernel.totals.attempts) return sample.t_s;
    return std::min(sample.t_s, model.attempts.time_of(static_cast<double>(sample.attempts)).value_or(sample.t_s));
}

/// Attempts that were due and had not been offered: as many pairs may be missing, however few were removed.
double missing(const Course& model, const record::Sample& sample) {
    return std::max(0.0, model.attempts.at(sample.t_s) - static_cast<double>(sample.attempts));
}

/// Attempts that the generator's longest stall made start together: their pairs end together, too, and the gap between
/// one lot and the next goes round with them for as long as the ports are full.
double bunched(const record::RunRecord& kernel) {
    if (!kernel.scenario.load.rate) return 0;
    return core::seconds(kernel.start_lag.max()) * kernel.scenario.lab.time_scale *
           kernel.scenario.load.rate->per_second;
}

/// Pairs of such a bunch may be there still when the model has ended them, but where ports are full no pair can be
/// more.
double with_late_ends(double high, double in_the_bunch, const record::RunRecord& kernel) {
    return std::max(high, std::min(high + in_the_bunch, static_cast<double>(kernel.totals.ports_capacity)));
}

std::vector<Course> courses(const std::vector<record::RunRecord>& models, Reading reading) {
    std::vector<Course> all;
    for (const record::RunRecord& model : models) all.emplace_back(model, reading);
    std::erase_if(all, [](const Course& course) { return course.figure.is_empty(); });
    return all;
}

}  // namespace

std::vector<Distance> distances(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                                Reading reading, double slack_s) {
    const std::vector<Course> all = courses(models, reading);
    std::vector<Distance> found;
    if (all.empty()) return found;
    const double in_the_bunch = bunched(kernel);
    for (const record::Sample& sample : kernel.samples) {
        const auto value = reading(sample);
        if (!value) continue;
        Distance distance{static_cast<double>(*value), INFINITY, -INFINITY, sample.t_s};
        for (const Course& model : all) {
            const auto [low, high] =
                model.figure.between(begin_of(model, kernel, sample) - slack_s, sample.t_s + slack_s);
            const double absent = std::max(missing(model, sample), in_the_bunch);
            distance.low = std::min({distance.low, low, std::max(0.0, model.figure.at(sample.t_s) - absent)});
            distance.high = std::max(distance.high, with_late_ends(high, in_the_bunch, kernel));
        }
        found.push_back(distance);
    }
    return found;
}

std::optional<Distance> farthest(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                                 Reading reading, double slack_s) {
    const std::vector<Distance> all = distances(kernel, models, reading, slack_s);
    if (all.empty()) return std::nullopt;
    // Of equals the highest, which says most, and of those the first.
    return *std::ranges::max_element(all, {}, [](const Distance& distance) {
        return std::pair{distance.size(), distance.kernel};
    });
}

std::optional<Curve::Range> highest_seen(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                                         Reading reading, Reading seen_by) {
    std::optional<Curve::Range> found;
    for (const Course& model : courses(models, reading)) {
        double highest = 0;
        for (const record::Sample& sample : kernel.samples)
            if (seen_by(sample)) highest = std::max(highest, model.figure.at(sample.t_s));
        if (!found) found = Curve::Range{highest, highest};
        found->low = std::min(found->low, highest);
        found->high = std::max(found->high, highest);
    }
    return found;
}

}  // namespace portdrought::agreement
