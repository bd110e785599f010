// Figures over time brought onto common places of an axis, so that runs can be laid over each other: what a run had at
// each place, and the least and most of all its samples there. No extreme is lost, however few the places. Pure.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "analysis/charts/variants.hpp"

namespace portdrought::charts {

struct Point {
    double t_s, value;
};
/// Of one run; times rise strictly. NaN where a sample does not have the figure.
using Points = std::vector<Point>;

/// The figure of each sample that has it. Reading: std::optional of a number from a Sample.
template <class Reading>
Points points_of(const record::RunRecord& run, Reading reading) {
    Points points;
    points.reserve(run.samples.size());
    for (const record::Sample& sample : run.samples)
        if (const auto value = reading(sample)) points.push_back({sample.t_s, static_cast<double>(*value)});
    return points;
}

/// Place i of an axis holds what is later than place i - 1 and not later than its own time; the first one all before.
/// The times of the runs' own samples where they are few enough, repeats' samples of about the same time in one place;
/// else `most` equal steps to the last sample of any run. Without samples that follow another, or the start, in less
/// than half the usual distance, as the last one may.
std::vector<double> places_for(const std::vector<Points>& runs, std::size_t most);

struct Place {
    double value = NAN, low = NAN, high = NAN;
};
using Course = std::vector<Place>;

/// A value that was read now and then: straight lines between. Unknown before the first reading and after the last.
/// Least and most are its own value and those readings that lie beyond both ends of the line to the place before, told
/// at the nearer of the two: what the line itself passes through is no spread.
Course gauge(const Points& points, const std::vector<double>& x);

/// A value that was read so seldom that a line between readings would be made up: each stands until the next, the last
/// one to the end of its place. Least and most as for gauge().
Course held(const Points& points, const std::vector<double>& x);

/// A count that only grows, as its growth per second. It begins at 0. A place in which one interval between samples
/// ends has the growth of that interval; of several, their mean, with the least and most of them.
Course growth(const Points& counts, const std::vector<double>& x);

/// A statistic of what happened since the sample before: of several in a place the middle one with the least and most
/// of them, or the highest alone. Where samples are further apart than places, a sample stands for all of its time.
enum class Pick : std::uint8_t { middle, highest };
Course interval_statistic(const Points& points, const std::vector<double>& x, Pick pick);

/// The median of what the runs had at each place, with the least and most of all of them. `series` has key and label.
Series folded(Series series, const std::vector<Course>& runs);

/// Every y, low and high times `factor`.
void scale(Series& series, double factor);

}  // namespace portdrought::charts
