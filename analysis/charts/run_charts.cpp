#include "analysis/charts/run_charts.hpp"

#include <algorithm>

#include "analysis/charts/run_chart_parts.hpp"

namespace portdrought::charts {

Charts charts_of(const std::vector<const record::RunRecord*>& runs, const Options& options) {
    const Variants variants = variants_of(runs);
    Charts result;
    for (const Variant& variant : variants) result.subjects.push_back(variant.subject);
    for (const auto& make : {time_wait_chart, ports_chart, rates_chart, latency_chart, latency_distribution_chart,
                             enforcer_chart, nat_chart, nat_drops_chart})
        if (Chart chart = make(variants, options); !chart.panels.empty()) result.charts.push_back(std::move(chart));
    return result;
}

Chart chart_over_time(std::string id, std::string title, std::string note, Axis y) {
    Chart chart;
    chart.id = std::move(id);
    chart.title = std::move(title);
    chart.note = std::move(note);
    chart.x = {"scenario time", Unit::seconds, Scale::linear};
    chart.y = std::move(y);
    return chart;
}

std::size_t places_each(const Options& options, std::size_t panels, std::size_t series) {
    return std::max(Options::least_places, options.values / std::max<std::size_t>(panels * series, 1));
}

bool has_points(const std::vector<Points>& runs) {
    return std::ranges::any_of(runs, [](const Points& points) { return !points.empty(); });
}

Series series_of(std::string key, std::string label, const std::vector<Points>& runs, const std::vector<double>& x,
                 const Fit& fit) {
    std::vector<Course> courses;
    for (const Points& points : runs) courses.push_back(fit(points, x));
    Series series;
    series.key = std::move(key);
    series.label = std::move(label);
    return folded(std::move(series), courses);
}

}  // namespace portdrought::charts
