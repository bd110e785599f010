#include "analysis/laws/load_peak.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/laws/capacity.hpp"

namespace portdrought::laws {
namespace {

using core::Arrivals;
using scenario::Load;

/// What has been offered by a time, at a mean of one a second.
class Course {
public:
    explicit Course(const Load& load) : load_(load), period_(core::seconds(period_of(load))) {
        if (load.arrivals != Arrivals::trace || !load.trace_rows.shared) return;
        const core::Trace& trace = *load.trace_rows.shared;
        double offered = 0;
        for (std::size_t row = 0; row < trace.rows.size(); ++row) {
            points_.push_back({core::seconds(trace.rows[row].at), offered});
            offered += static_cast<double>(trace.rows[row].attempts) / load.rate.value_or(core::Rate{1}).per_second;
        }
        points_.push_back({period_, offered});
    }

    double by(double time_s) const {
        if (time_s <= 0) return 0;
        switch (load_.arrivals) {
            case Arrivals::constant:
            case Arrivals::poisson: return time_s;
            case Arrivals::bursts: return in_bursts(time_s);
            case Arrivals::daily: return core::daily_offered(load_.daily_low, time_s / period_) * period_;
            case Arrivals::trace: return in_trace(time_s);
        }
        return time_s;
    }

    double between(double from_s, double to_s) const { return by(to_s) - by(from_s); }

    /// Times between which neither the beginning nor the end of a window meets another rate; a fine grid of a curve.
    std::vector<double> ends_of_windows(double window_s, double end_s) const {
        std::vector<double> ends{std::min(window_s, end_s), end_s};
        const auto add = [&](double time_s) {
            for (const double at : {time_s, time_s + window_s})
                if (at > 0 && at < end_s) ends.push_back(at);
        };
        if (load_.arrivals == Arrivals::bursts) add(core::seconds(load_.burst_on));
        constexpr int grid = 4096;
        if (load_.arrivals == Arrivals::daily)
            for (int step = 1; step <= grid; ++step) add(period_ * step / grid);
        for (const Point& point : points_) add(point.time_s);
        std::ranges::sort(ends);
        return ends;
    }

private:
    struct Point {
        double time_s, offered;
    };

    double in_bursts(double time_s) const {
        const double on_s = core::seconds(load_.burst_on), periods = std::floor(time_s / period_);
        return period_ * (periods + std::min((time_s - periods * period_) / on_s, 1.0));
    }

    double in_trace(double time_s) const {
        const auto after = std::ranges::upper_bound(points_, time_s, {}, &Point::time_s);
        if (after == points_.begin()) return 0;
        const Point& from = *(after - 1);
        if (after == points_.end()) return from.offered;
        return from.offered + (after->offered - from.offered) * (time_s - from.time_s) / (after->time_s - from.time_s);
    }

    const Load& load_;
    double period_;
    std::vector<Point> points_;  // of a trace
};

/// The earliest time by which `wanted` came within the window before it; it does by `most`, not by `least`.
double reached_at(const Course& course, double wanted, double window_s, double least, double most) {
    for (int step = 0; step < 60; ++step) {
        const double middle = (least + most) / 2;
        (course.between(middle - window_s, middle) < wanted ? least : most) = middle;
    }
    return most;
}

/// Later windows see nothing that those of two periods do not.
double end_of_search_s(const Load& load, double window_s) {
    return std::min(core::seconds(load.duration), window_s + 2 * core::seconds(period_of(load)));
}

}  // namespace

bool varies(const Load& load) { return period_of(load) > core::Duration{0}; }

core::Duration period_of(const Load& load) {
    switch (load.arrivals) {
        case Arrivals::constant:
        case Arrivals::poisson: break;
        case Arrivals::bursts: return load.burst_on + load.burst_off;
        case Arrivals::daily: return load.daily_period;
        case Arrivals::trace: {
            if (!load.trace_rows.shared || load.trace_rows.shared->rows.empty()) break;
            const core::Trace& trace = *load.trace_rows.shared;
            return trace.rows.back().at + trace.last;
        }
    }
    return core::Duration{0};
}

double worst_window_s(const Load& load, core::Duration window) {
    const double length = core::seconds(std::min(window, load.duration));
    if (!varies(load)) return length;
    const Course course(load);
    double worst = 0;
    for (const double end : course.ends_of_windows(length, end_of_search_s(load, length)))
        worst = std::max(worst, course.between(end - length, end));
    return worst;
}

double pairs_at_most(const Load& load, core::Rate rate, core::Duration residence) {
    const double pairs = rate.per_second * worst_window_s(load, residence);
    return load.admission ? std::min(pairs, little(*load.admission, std::min(residence, load.duration))) : pairs;
}

std::optional<core::Duration> time_to_fill(const Load& load, std::uint64_t capacity, core::Rate rate,
                                           core::Duration residence) {
    if (!varies(load)) return time_to_exhaustion(capacity, rate, residence);
    if (pairs_at_most(load, rate, residence) <= static_cast<double>(capacity)) return std::nullopt;
    const double wanted = static_cast<double>(capacity) / rate.per_second;
    const double length = core::seconds(std::min(residence, load.duration));
    const Course course(load);
    double before = 0;
    for (const double end : course.ends_of_windows(length, end_of_search_s(load, length))) {
        if (course.between(end - length, end) > wanted)
            return core::from_seconds(reached_at(course, wanted, length, before, end));
        before = end;
    }
    return std::nullopt;
}

}  // namespace portdrought::laws
