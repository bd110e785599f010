#include "analysis/charts/knee_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/charts/caveats.hpp"
#include "analysis/charts/course.hpp"
#include "analysis/charts/words.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {
namespace {

using knees::Observation;

/// Of one run; absent where it does not have the figure.
using Figure = std::optional<double> (*)(const Observation&);

bool says_something(const Observation& run) { return run.held && !run.disturbed && !run.interrupted; }

std::optional<double> failing_percent(const Observation& run) {
    if (run.attempts == 0) return std::nullopt;
    // Dropped SYNs are sent again, so there may be more of them than attempts.
    const double failed = static_cast<double>(std::min(run.without_port + run.nat_dropped, run.attempts));
    return 100 * failed / static_cast<double>(run.attempts);
}

std::optional<double> p99_us(const Observation& run) {
    if (run.connect.count() == 0) return std::nullopt;
    return core::seconds(run.connect.quantile(0.99)) * 1e6;
}

std::optional<double> p50_us(const Observation& run) {
    if (run.connect.count() == 0) return std::nullopt;
    return core::seconds(run.connect.quantile(0.5)) * 1e6;
}

/// What lasted once ports had run out; without a failure what was offered.
std::optional<double> lasted_per_s(const Observation& run) {
    if (run.sustained_per_s) return run.sustained_per_s;
    return run.failed() ? std::nullopt : std::optional{run.rate_per_s};
}

using ByRate = std::map<double, std::vector<const Observation*>>;

ByRate by_rate(const KneeSearch& search) {
    ByRate all;
    for (const Observation& run : search.observations)
        if (says_something(run)) all[run.rate_per_s].push_back(&run);
    return all;
}

/// The median of the runs at each rate, with the least and most of them.
Series series_over(const ByRate& rates, std::string key, std::string label, Figure figure) {
    std::size_t repeats = 0;
    for (const auto& [rate, runs] : rates) repeats = std::max(repeats, runs.size());
    std::vector<Course> courses(repeats, Course(rates.size()));
    std::size_t place = 0;
    for (const auto& [rate, runs] : rates) {
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (const auto value = figure(*runs[i])) courses[i][place] = {*value, *value, *value};
        ++place;
    }
    Series series;
    series.key = std::move(key);
    series.label = std::move(label);
    return folded(std::move(series), courses);
}

std::string finely(double per_s) { return per_s >= 999.5 ? text::figure(per_s) : fmt::format("{:.4g}", per_s); }

/// A knee between two rates; nothing where it was not bracketed.
void add_bracket(std::vector<Mark>& marks, MarkKind kind, const char* what, std::optional<double> low,
                 std::optional<double> high) {
    if (!low || !high) return;
    const std::string ends = finely(*low) == finely(*high) ? finely(*low) : text::range(finely(*low), finely(*high));
    Mark mark{kind, *low, fmt::format("{} {}/s", what, ends), {}};
    if (*high > *low) mark.to = *high;
    marks.push_back(std::move(mark));
}

void add_prediction(std::vector<Mark>& marks, const char* what, const knees::Forecast::Knee& knee, double highest) {
    if (knee.per_s && std::isfinite(*knee.per_s) && *knee.per_s <= highest)
        marks.push_back(
            {MarkKind::predicted, *knee.per_s, fmt::format("{} predicted {}/s", what, finely(*knee.per_s)), {}});
}

std::vector<Mark> marks_of(const KneeSearch& search, double highest) {
    std::vector<Mark> marks;
    const knees::Knees& knees = search.knees;
    if (knees.cliff.status == knees::Status::bracketed)
        add_bracket(marks, MarkKind::cliff, "latency cliff", knees.cliff.low, knees.cliff.high);
    if (knees.first_failure.status == knees::Status::bracketed)
        add_bracket(marks, MarkKind::first_failure, "first failure", knees.first_failure.low, knees.first_failure.high);
    if (knees.ceiling.status == knees::Status::bracketed)
        add_bracket(marks, MarkKind::ceiling, "steady ceiling", knees.ceiling.low, knees.ceiling.high);
    if (search.forecast.is_silent) return marks;
    add_prediction(marks, "latency cliff", search.forecast.cliff, highest);
    add_prediction(marks, "first failure", search.forecast.first_failure, highest);
    add_prediction(marks, "steady ceiling", search.forecast.ceiling, highest);
    return marks;
}

std::string left_out_words(const KneeSearch& search) {
    const auto count = static_cast<std::uint64_t>(
        std::ranges::count_if(search.observations, [](const Observation& run) { return !says_something(run); }));
    if (count == 0) return {};
    return fmt::format("Left out, as disturbed or because the rate was not held: {}.", text::counted(count, "run"));
}

/// "from 0 % at 5/s to 59.6 % at 40/s": rates rise, so the two ends tell.
std::string ends_words(const Panel& panel, const Format& format) {
    const std::vector<double>& y = panel.series.front().y;
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < y.size(); ++i)
        if (!std::isnan(y[i])) known.push_back(i);
    if (known.empty()) return "is not known";
    return fmt::format("goes from {} at {}/s to {} at {}/s", format(y[known.front()]), finely(panel.x[known.front()]),
                       format(y[known.back()]), finely(panel.x[known.back()]));
}

struct Curve {
    const char *key, *label;
    Figure figure;
};

struct Kind {
    const char *id, *title, *note, *subject_words;
    Axis y;
    std::vector<Curve> curves;
    std::string (*format)(double);
};

std::vector<Kind> kinds() {
    return {{"knee-failures",
             "Attempts without a port, by offered rate",
             "Median of the runs at each rate.",
             "The share of attempts without a port",
             {"of all attempts", Unit::percent, Scale::linear},
             {{"failed", "without a port", failing_percent}},
             as_percent},
            {"knee-latency",
             "connect(), by offered rate",
             "Real time; median of the runs at each rate.",
             "The 99th percentile of connect()",
             {"connect(), real time", Unit::microseconds, Scale::logarithmic},
             {{"connect_p99", "p99", p99_us}, {"connect_p50", "p50", p50_us}},
             as_microseconds},
            {"knee-rate",
             "Connections per second that lasted, by offered rate",
             "Once ports had run out; where they did not, what was offered.",
             "The rate that lasted",
             {"connections", Unit::per_second, Scale::linear},
             {{"ok", "lasted", lasted_per_s}},
             as_per_second}};
}

bool is_known(const Series& series) {
    return std::ranges::any_of(series.y, [](double y) { return !std::isnan(y); });
}

Panel panel_of(const KneeSearch& search, std::size_t subject, const Kind& kind) {
    const ByRate rates = by_rate(search);
    Panel panel;
    panel.subject = subject;
    for (const auto& [rate, runs] : rates) panel.x.push_back(rate);
    for (const Curve& curve : kind.curves)
        if (Series series = series_over(rates, curve.key, curve.label, curve.figure); is_known(series))
            panel.series.push_back(std::move(series));
    if (panel.series.empty()) return panel;
    panel.marks = marks_of(search, panel.x.back());
    panel.text = joined({fmt::format("{} {}.", kind.subject_words, ends_words(panel, kind.format)),
                         mark_words(panel.marks), left_out_words(search)});
    return panel;
}

/// Rates far apart from each other are read by powers of ten.
Scale scale_of(const Chart& chart) {
    double least = INFINITY, most = 0;
    for (const Panel& panel : chart.panels) {
        least = std::min(least, panel.x.front());
        most = std::max(most, panel.x.back());
    }
    constexpr double far = 8;
    return least > 0 && most > far * least ? Scale::logarithmic : Scale::linear;
}

Subject subject_of(const KneeSearch& search) {
    Subject subject;
    subject.name = scenario::variant_name(search.scenario.variant);
    subject.runs = search.observations.size();
    subject.valid = static_cast<std::size_t>(std::ranges::count_if(search.observations, says_something));
    subject.caveats = caveats_of(search.scenario);
    return subject;
}

}  // namespace

Charts knee_charts(const std::vector<KneeSearch>& searches) {
    Charts result;
    for (const KneeSearch& search : searches) result.subjects.push_back(subject_of(search));
    for (const Kind& kind : kinds()) {
        Chart chart;
        chart.id = kind.id;
        chart.title = kind.title;
        chart.note = kind.note;
        chart.y = kind.y;
        for (std::size_t i = 0; i < searches.size(); ++i)
            if (Panel panel = panel_of(searches[i], i, kind); !panel.series.empty())
                chart.panels.push_back(std::move(panel));
        if (chart.panels.empty()) continue;
        chart.x = {"offered rate", Unit::per_second, scale_of(chart)};
        result.charts.push_back(std::move(chart));
    }
    return result;
}

}  // namespace portdrought::charts
