#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {
namespace {

using record::ConnectTimes;
using record::RunRecord;
using record::Sample;

/// NaN for a sample in whose interval no connection was made.
std::vector<Points> times_of(const Variant& variant, core::Duration ConnectTimes::*member) {
    return points_of_all(variant, [member](const Sample& sample) -> std::optional<double> {
        if (!sample.connect || (*sample.connect).*member <= core::Duration{0}) return NAN;
        return core::seconds((*sample.connect).*member) * 1e6;
    });
}

bool knows_times(const Variant& variant) {
    return std::ranges::any_of(variant.drawn, [](const RunRecord* run) {
        return std::ranges::any_of(run->samples, [](const Sample& sample) {
            return sample.connect && sample.connect->max > core::Duration{0};
        });
    });
}

/// Of short intervals the 99th per cent is the slowest: two curves over each other.
bool is_mostly(const Series& one, const Series& other) {
    std::size_t known = 0, equal = 0;
    for (std::size_t i = 0; i < one.y.size(); ++i) {
        if (std::isnan(one.y[i]) || std::isnan(other.y[i])) continue;
        ++known;
        if (one.y[i] == other.y[i]) ++equal;
    }
    return equal * 2 > known;
}

/// The band is that of p50: those of three curves would be one.
void without_band(Series& series) {
    series.low.clear();
    series.high.clear();
}

Panel panel_of(const Variant& variant, std::size_t subject, std::size_t places) {
    const auto p50 = times_of(variant, &ConnectTimes::p50), p99 = times_of(variant, &ConnectTimes::p99),
               max = times_of(variant, &ConnectTimes::max);
    const auto middle = [](const Points& points, const std::vector<double>& x) {
        return interval_statistic(points, x, Pick::middle);
    };
    const auto highest = [](const Points& points, const std::vector<double>& x) {
        return interval_statistic(points, x, Pick::highest);
    };
    Panel panel;
    panel.subject = subject;
    panel.x = places_for(p50, places);
    if (panel.x.empty()) return panel;
    panel.series = {series_of("connect_p50", "p50", p50, panel.x, middle),
                    series_of("connect_p99", "p99", p99, panel.x, middle),
                    series_of("connect_max", "slowest", max, panel.x, highest)};
    without_band(panel.series[1]);
    without_band(panel.series[2]);
    if (is_mostly(panel.series[2], panel.series[1])) {
        panel.series.pop_back();
        panel.series[1].label = "p99, mostly the slowest";
    }
    panel.marks = marks_until(panel.x.back(), {cliff(variant), first_failure(variant)});
    std::string words;
    for (const Series& series : panel.series)
        words += fmt::format("{}{} {}", words.empty() ? "" : "; ", series.label,
                             course_words(panel.x, series.y, as_microseconds));
    panel.text = joined({fmt::format("How long connect() took over {}: {}.", text::seconds(panel.x.back()), words),
                         mark_words(panel.marks), drawn_words(variant)});
    return panel;
}

}  // namespace

Chart latency_chart(const Variants& variants, const Options& options) {
    Chart chart = chart_over_time(
        "latency", "connect() over time",
        "Real time that connect() took, by the connections of each interval between samples: half of them, 99 % of "
        "them, the slowest where that is not the same. The band is that of p50.",
        {"connect(), real time", Unit::microseconds, Scale::logarithmic});
    const std::size_t places = places_each(options, variants.size(), 3);
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (knows_times(variants[i])) chart.panels.push_back(panel_of(variants[i], i, places));
    if (chart.panels.size() < variants.size())
        chart.note += " Runs whose records do not say how long connect() took at each sample are missing.";
    return chart;
}

}  // namespace portdrought::charts
