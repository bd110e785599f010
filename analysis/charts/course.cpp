#include "analysis/charts/course.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "analysis/stats/values.hpp"

namespace portdrought::charts {
namespace {

/// The usual distance between samples; 0 where there are fewer than two.
double usual_distance(const Points& points) {
    std::vector<double> distances;
    for (std::size_t i = 1; i < points.size(); ++i) distances.push_back(points[i].t_s - points[i - 1].t_s);
    if (distances.empty()) return 0;
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>((distances.size() - 1) / 2);
    std::ranges::nth_element(distances, middle);
    return *middle;
}

/// The start and what follows it, without samples that follow another, or the start, too soon; the last one stays and
/// takes the place of the one before.
Points spaced(const Points& points) {
    const double least = usual_distance(points) / 2;
    Points kept{{0, 0}};
    for (const Point& point : points)
        if (point.t_s > 0 && point.t_s - kept.back().t_s >= least) kept.push_back(point);
    if (kept.size() > 1) kept.back() = points.back();
    return kept;
}

void widen(Place& place, double value) {
    if (std::isnan(value)) return;
    place.low = std::isnan(place.low) ? value : std::min(place.low, value);
    place.high = std::isnan(place.high) ? value : std::max(place.high, value);
}

/// By its value, and by those readings in it that the line from the place before does not pass through.
void widen_to(Course& course, std::size_t i, std::span<const Point> readings, const std::vector<double>& x) {
    widen(course[i], course[i].value);
    if (readings.empty()) return;
    const bool has_line = i > 0 && !std::isnan(course[i - 1].value);
    const auto [low, high] = std::minmax({has_line ? course[i - 1].value : readings.front().value, course[i].value});
    for (const Point& reading : readings) {
        if (reading.value >= low && reading.value <= high) continue;
        const bool is_nearer_before = has_line && reading.t_s - x[i - 1] < x[i] - reading.t_s;
        widen(course[is_nearer_before ? i - 1 : i], reading.value);
    }
}

double between(const Point& before, const Point& after, double t_s) {
    return before.value + (after.value - before.value) * (t_s - before.t_s) / (after.t_s - before.t_s);
}

/// At a time within the points; `after` is the first of them that is later.
double at(const Points& points, std::size_t after, double t_s) {
    const Point& before = points[after - 1];
    return before.t_s == t_s || after == points.size() ? before.value : between(before, points[after], t_s);
}

/// A count over time, from 0 at the start.
class Count {
public:
    explicit Count(const Points& counts) : points_(spaced(counts)) {}

    const Points& points() const { return points_; }
    double end_s() const { return points_.back().t_s; }
    double by(double t_s) const {
        const auto after = std::ranges::upper_bound(points_, t_s, {}, &Point::t_s);
        if (after == points_.begin()) return points_.front().value;
        return at(points_, static_cast<std::size_t>(after - points_.begin()), t_s);
    }
    double per_second(double from_s, double to_s) const { return (by(to_s) - by(from_s)) / (to_s - from_s); }

private:
    Points points_;
};

double picked(std::vector<double>& values, Pick pick) {
    if (values.empty()) return NAN;
    return pick == Pick::highest ? std::ranges::max(values) : stats::median(values);
}

/// The times of the run with most points, each as late as the others' point beside it: a place has one of each run.
std::vector<double> own_times(const std::vector<Points>& runs, double end_s) {
    const Points& longest = *std::ranges::max_element(runs, {}, &Points::size);
    const Points points = spaced(longest);
    const double near = usual_distance(points) / 2;
    std::vector<double> x;
    for (std::size_t i = 1; i < points.size(); ++i) {
        double latest = points[i].t_s;
        for (const Points& run : runs) {
            const auto after = std::ranges::lower_bound(run, points[i].t_s + near, {}, &Point::t_s);
            if (&run != &longest && after != run.begin()) latest = std::max(latest, std::prev(after)->t_s);
        }
        x.push_back(i + 1 == points.size() ? end_s : latest);
    }
    return x;
}

}  // namespace

std::vector<double> places_for(const std::vector<Points>& runs, std::size_t most) {
    std::size_t longest = 0;
    double end_s = 0;
    for (const Points& points : runs) {
        longest = std::max(longest, points.size());
        if (!points.empty()) end_s = std::max(end_s, points.back().t_s);
    }
    if (end_s <= 0) return {};
    if (longest <= most) return own_times(runs, end_s);
    std::vector<double> x;
    for (std::size_t i = 1; i <= most; ++i)
        x.push_back(i == most ? end_s : end_s * static_cast<double>(i) / static_cast<double>(most));
    return x;
}

Course gauge(const Points& points, const std::vector<double>& x) {
    Course course(x.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t begin = next;
        while (next < points.size() && points[next].t_s <= x[i]) ++next;
        const bool is_known = next > 0 && (next < points.size() || points.back().t_s == x[i]);
        if (is_known)
            course[i].value = at(points, next, x[i]);
        else if (next > begin)
            course[i].value = points[next - 1].value;
        widen_to(course, i, {points.data() + begin, next - begin}, x);
    }
    return course;
}

Course held(const Points& points, const std::vector<double>& x) {
    Course course(x.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t begin = next;
        while (next < points.size() && points[next].t_s <= x[i]) ++next;
        const bool is_over = next == points.size() && next == begin && x[i] > points.back().t_s;
        if (next > 0 && !is_over) course[i].value = points[next - 1].value;
        widen_to(course, i, {points.data() + begin, next - begin}, x);
    }
    return course;
}

Course growth(const Points& counts, const std::vector<double>& x) {
    Course course(x.size());
    const Count count(counts);
    const Points& points = count.points();
    if (points.size() < 2) return course;
    std::size_t next = 1;
    for (std::size_t i = 0; i < x.size(); ++i) {
        Place& place = course[i];
        const std::size_t begin = next;
        for (; next < points.size() && points[next].t_s <= x[i]; ++next)
            widen(place, count.per_second(points[next - 1].t_s, points[next].t_s));
        const double from = i == 0 ? 0 : x[i - 1], to = std::min(x[i], count.end_s());
        // What a run shows of a place that it leaves early is too short to speak of a rate.
        if (to - from >= (x[i] - from) / 2) place.value = next - begin == 1 ? place.low : count.per_second(from, to);
        widen(place, place.value);
    }
    return course;
}

Course interval_statistic(const Points& points, const std::vector<double>& x, Pick pick) {
    Course course(x.size());
    std::vector<double> inside;
    std::size_t next = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        Place& place = course[i];
        inside.clear();
        const std::size_t begin = next;
        for (; next < points.size() && points[next].t_s <= x[i]; ++next)
            if (!std::isnan(points[next].value)) inside.push_back(points[next].value);
        if (next == begin && next < points.size() && !std::isnan(points[next].value))
            inside.push_back(points[next].value);
        place.value = picked(inside, pick);
        if (pick == Pick::highest) inside.assign(1, place.value);
        for (const double value : inside) widen(place, value);
    }
    return course;
}

Series folded(Series series, const std::vector<Course>& runs) {
    const std::size_t places = runs.empty() ? 0 : runs.front().size();
    bool has_band = false;
    for (std::size_t i = 0; i < places; ++i) {
        std::vector<double> values;
        Place all;
        for (const Course& run : runs) {
            if (!std::isnan(run[i].value)) values.push_back(run[i].value);
            widen(all, run[i].low);
            widen(all, run[i].high);
        }
        const double y = values.empty() ? NAN : stats::median(std::move(values));
        series.y.push_back(y);
        series.low.push_back(all.low);
        series.high.push_back(all.high);
        has_band = has_band || (!std::isnan(all.low) && (all.low != y || all.high != y));
    }
    if (!has_band) {
        series.low.clear();
        series.high.clear();
    }
    return series;
}

void scale(Series& series, double factor) {
    for (std::vector<double>* values : {&series.y, &series.low, &series.high})
        for (double& value : *values) value *= factor;
}

}  // namespace portdrought::charts
