// Each chart of runs on its own, and what they share. run_charts.hpp is what others use. A chart without panels has
// nothing to show.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/charts/course.hpp"
#include "analysis/charts/marks.hpp"
#include "analysis/charts/run_charts.hpp"
#include "analysis/charts/words.hpp"

namespace portdrought::charts {

using Variants = std::vector<Variant>;

Chart time_wait_chart(const Variants& variants, const Options& options);
Chart ports_chart(const Variants& variants, const Options& options);
Chart rates_chart(const Variants& variants, const Options& options);
Chart latency_chart(const Variants& variants, const Options& options);
Chart latency_distribution_chart(const Variants& variants, const Options& options);
Chart enforcer_chart(const Variants& variants, const Options& options);
Chart nat_chart(const Variants& variants, const Options& options);
Chart nat_drops_chart(const Variants& variants, const Options& options);

/// Over scenario time.
Chart chart_over_time(std::string id, std::string title, std::string note, Axis y);

/// How many places each series of a chart may have.
std::size_t places_each(const Options& options, std::size_t panels, std::size_t series);

/// The points of every drawn run; Reading as in points_of().
template <class Reading>
std::vector<Points> points_of_all(const Variant& variant, Reading reading) {
    std::vector<Points> all;
    for (const record::RunRecord* run : variant.drawn) all.push_back(points_of(*run, reading));
    return all;
}

/// Whether any of the runs has a point at all.
bool has_points(const std::vector<Points>& runs);

using Fit = std::function<Course(const Points&, const std::vector<double>& x)>;

/// Key and label with all runs fitted to `x`.
Series series_of(std::string key, std::string label, const std::vector<Points>& runs, const std::vector<double>& x,
                 const Fit& fit);

}  // namespace portdrought::charts
