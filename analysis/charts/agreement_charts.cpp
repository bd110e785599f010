#include "analysis/charts/agreement_charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/agreement/curve.hpp"
#include "analysis/charts/caveats.hpp"
#include "analysis/charts/course.hpp"
#include "analysis/charts/words.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {
namespace {

using agreement::Agreement;
using agreement::Distance;
using record::RunRecord;
using record::Sample;
using Count = std::optional<std::uint64_t>;

struct Figure {
    const char *id, *key, *label, *title;
    const char* judged_as;  // agreement::Figure::what
    agreement::Reading reading;
};

constexpr Figure figures[] = {
    {"agreement-time-wait", "agreement_difference", "TIME_WAIT", "TIME_WAIT, kernel and model", "curve: TIME_WAIT",
     [](const Sample& sample) -> Count { return sample.time_wait; }},
    {"agreement-time-wait-client", "agreement_difference_client", "client-held",
     "Client-held TIME_WAIT, kernel and model", "curve: client's TIME_WAIT",
     [](const Sample& sample) -> Count { return sample.time_wait_client; }},
    {"agreement-time-wait-server", "agreement_difference_server", "server-held",
     "Server-held TIME_WAIT, kernel and model", "curve: server's TIME_WAIT",
     [](const Sample& sample) -> Count { return sample.time_wait_server; }},
};

struct Judged {
    const Figure* figure;
    std::vector<Distance> distances;
    std::optional<double> limit;  // in pairs
};

bool is_seen(const RunRecord& run, agreement::Reading reading) {
    return std::ranges::any_of(run.samples, [&](const Sample& sample) { return reading(sample).value_or(0) > 0; });
}

/// Figures that were judged and are not 0 all the time.
std::vector<Judged> judged(const RunRecord& kernel, const std::vector<RunRecord>& models, const Agreement& agreement) {
    std::vector<Judged> all;
    for (const Figure& figure : figures) {
        const auto found = std::ranges::find(agreement.figures, figure.judged_as, &agreement::Figure::what);
        if (found == agreement.figures.end()) continue;
        Judged one{&figure, agreement::distances(kernel, models, figure.reading, agreement.time_shift_s), found->limit};
        if (is_seen(kernel, figure.reading) ||
            std::ranges::any_of(models, [&](const RunRecord& model) { return is_seen(model, figure.reading); }))
            all.push_back(std::move(one));
    }
    return all;
}

Points points_of(const std::vector<Distance>& distances, double (*value)(const Distance&), double factor) {
    Points points;
    for (const Distance& at : distances) points.push_back({at.t_s, value(at) * factor});
    return points;
}

Series series_of(const char* key, const char* label, const Points& points, const std::vector<double>& x) {
    Series series;
    series.key = key;
    series.label = label;
    return folded(std::move(series), {gauge(points, x)});
}

/// The middle of what the model's runs span, and that span.
Series model_series(const Judged& one, const std::vector<double>& x, double percent) {
    const Course low = gauge(points_of(
                                 one.distances, [](const Distance& d) { return d.low; }, percent),
                             x);
    const Course high = gauge(points_of(
                                  one.distances, [](const Distance& d) { return d.high; }, percent),
                              x);
    Series series;
    series.key = "model";
    series.label = "model";
    for (std::size_t i = 0; i < x.size(); ++i) {
        series.y.push_back((low[i].value + high[i].value) / 2);
        series.low.push_back(low[i].low);
        series.high.push_back(high[i].high);
    }
    return series;
}

Chart over_time(const char* id, std::string title, const char* note, const char* y) {
    return {id,
            std::move(title),
            note,
            {"scenario time", Unit::seconds, Scale::linear},
            {y, Unit::percent, Scale::linear},
            false,
            {}};
}

const agreement::Figure& figure_of(const Agreement& agreement, const Judged& one) {
    return *std::ranges::find(agreement.figures, one.figure->judged_as, &agreement::Figure::what);
}

std::string verdict_words(const agreement::Figure& figure, double percent) {
    if (figure.difference == 0) return "The kernel's run lies within what the model's runs span at every sample.";
    return fmt::format("They lie farthest apart at {}: {} of capacity, which is {} the limit of {}.",
                       text::seconds(figure.at_s.value_or(0)), as_percent(figure.difference * percent),
                       figure.within ? "within" : "beyond", as_percent(figure.limit.value_or(0) * percent));
}

Panel model_panel(const Judged& one, const std::vector<double>& x, double percent) {
    Panel panel;
    panel.subject = 1;
    panel.x = x;
    panel.whole = 100 / percent;
    panel.series = {model_series(one, x, percent)};
    panel.text = fmt::format("The model's {} {}, over {}: the middle of what its runs span.", one.figure->label,
                             course_words(x, panel.series[0].y, as_percent), text::seconds(x.back()));
    return panel;
}

Chart course_chart(const RunRecord& run, const Judged& one, const Agreement& agreement, double capacity,
                   std::size_t places) {
    const double percent = 100 / capacity;
    Chart chart = over_time(one.figure->id, scenario::full_name(run.scenario) + ": " + one.figure->title,
                            "The band is what all runs of the model span within the time by which a sample may be off.",
                            "of all ports");
    chart.is_overlaid = true;
    Panel panel;
    const Points kernel = points_of(
        one.distances, [](const Distance& d) { return d.kernel; }, percent);
    panel.x = places_for({kernel}, places);
    panel.whole = capacity;
    panel.series = {series_of("kernel", "kernel", kernel, panel.x)};
    panel.marks.push_back({MarkKind::capacity, 100, fmt::format("capacity ({})", text::figure(capacity)), {}});
    panel.text =
        joined({fmt::format("The kernel's {} {}, over {}.", one.figure->label,
                            course_words(panel.x, panel.series[0].y, as_percent), text::seconds(panel.x.back())),
                verdict_words(figure_of(agreement, one), percent)});
    chart.panels = {panel, model_panel(one, panel.x, percent)};
    return chart;
}

double beyond(const Distance& at) { return at.kernel < at.low ? -at.size() : at.size(); }

/// Figures of one scenario mostly have the same limit: one line then.
std::vector<Mark> limits(const std::vector<Judged>& all, double percent) {
    std::vector<Mark> marks;
    for (const Judged& one : all) {
        const double limit = one.limit.value_or(0) * percent;
        if (!one.limit || std::ranges::find(marks, limit, &Mark::at) != marks.end()) continue;
        // The words of the later one stand above.
        marks.push_back({MarkKind::limit, -limit, "limit -" + as_percent(limit), {}});
        marks.push_back({MarkKind::limit, limit, "limit +" + as_percent(limit), {}});
    }
    return marks;
}

Chart difference_chart(const RunRecord& run, const std::vector<Judged>& all, const Agreement& agreement,
                       double capacity, std::size_t places) {
    const double percent = 100 / capacity;
    Chart chart = over_time(
        "agreement-difference", scenario::full_name(run.scenario) + ": kernel less model, per cent of capacity",
        "How far the kernel's run lies above (+) or below (-) all that the model's runs span.", "of all ports");
    Panel panel;
    // The figure that was read most often gives the places.
    const Judged& finest = *std::ranges::max_element(all, {}, [](const Judged& one) { return one.distances.size(); });
    panel.x = places_for({points_of(finest.distances, beyond, percent)}, places);
    panel.whole = capacity;
    std::string words;
    for (const Judged& one : all) {
        panel.series.push_back(
            series_of(one.figure->key, one.figure->label, points_of(one.distances, beyond, percent), panel.x));
        words += fmt::format("{}{}: {}", words.empty() ? "" : " ", one.figure->label,
                             verdict_words(figure_of(agreement, one), percent));
    }
    panel.marks = limits(all, percent);
    panel.text = words;
    chart.panels.push_back(std::move(panel));
    return chart;
}

/// "off, kernel"; "off, run 2, kernel" of a repeat.
Subject subject_of(const char* engine, const RunRecord& kernel, const std::vector<const RunRecord*>& runs) {
    const scenario::Scenario& scenario = kernel.scenario;
    const std::string repeat = kernel.repetition > 1 ? fmt::format(", run {}", kernel.repetition) : "";
    return {
        fmt::format("{}{}, {}", scenario.variant.empty() ? scenario.name : scenario.variant, repeat, engine),
        runs.size(),
        static_cast<std::size_t>(std::ranges::count_if(runs, [](const RunRecord* run) { return is_counted(*run); })),
        caveats_of(runs)};
}

}  // namespace

Charts agreement_charts(const RunRecord& kernel, const std::vector<RunRecord>& models, const Agreement& agreement,
                        const Options& options) {
    Charts result;
    const auto capacity = static_cast<double>(kernel.totals.ports_capacity);
    if (models.empty() || capacity <= 0) return result;
    const std::vector<Judged> all = judged(kernel, models, agreement);
    if (all.empty()) return result;
    std::vector<const RunRecord*> runs;
    for (const RunRecord& model : models) runs.push_back(&model);
    result.subjects = {subject_of("kernel", kernel, {&kernel}), subject_of("model", kernel, runs)};
    const std::size_t places = std::max(Options::least_places, options.values / std::max<std::size_t>(2, all.size()));
    for (const Judged& one : all) result.charts.push_back(course_chart(kernel, one, agreement, capacity, places));
    result.charts.push_back(difference_chart(kernel, all, agreement, capacity, places));
    return result;
}

}  // namespace portdrought::charts
