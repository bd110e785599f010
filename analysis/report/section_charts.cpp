#include "analysis/report/section_charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/knee_charts.hpp"
#include "analysis/charts/run_charts.hpp"
#include "analysis/charts/sweep_charts.hpp"
#include "analysis/report/section.hpp"

namespace portdrought::report {
namespace {

/// Ids are unique in a page: those of the second have "-2" behind them.
void append(charts::Charts& all, const charts::Charts& more, std::size_t number) {
    const std::size_t first = all.subjects.size();
    all.subjects.insert(all.subjects.end(), more.subjects.begin(), more.subjects.end());
    for (charts::Chart chart : more.charts) {
        if (number > 1) chart.id += fmt::format("-{}", number);
        for (charts::Panel& panel : chart.panels) panel.subject += first;
        all.charts.push_back(std::move(chart));
    }
}

charts::Charts of_engines(const std::vector<Validated>& validated) {
    charts::Charts all;
    for (std::size_t i = 0; i < validated.size(); ++i) append(all, validated[i].charts, i + 1);
    return all;
}

charts::Charts of_knees(const std::vector<KneeReport>& knees) {
    std::vector<charts::KneeSearch> searches;
    for (const KneeReport& knee : knees)
        searches.push_back({knee.scenario, knee.forecast, knee.knees, knee.observations});
    return charts::knee_charts(searches);
}

charts::Charts of_runs(const std::vector<ReportedRun>& runs, std::size_t sections) {
    constexpr std::size_t least = 300, full_pages = 2;
    charts::Options options;
    if (sections > full_pages) options.values = std::max(least, options.values * full_pages / sections);
    return charts::charts_of(records_of(runs), options);
}

}  // namespace

charts::Charts charts_of(const Section& section, std::size_t sections) {
    if (section.sweep) return charts::sweep_charts(section.sweep->header, section.sweep->rows);
    if (!section.knees.empty()) return of_knees(section.knees);
    if (!section.validated.empty()) return of_engines(section.validated);
    return of_runs(section.runs, sections);
}

}  // namespace portdrought::report
