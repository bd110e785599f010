#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/findings/refusals.hpp"
#include "analysis/text/numbers.hpp"
#include "record/totals.hpp"

namespace portdrought::charts {
namespace {

using core::Outcome;
using record::RunRecord;
using record::Sample;

/// The outcomes but ok that any drawn run had.
std::vector<Outcome> failures_of(const Variant& variant) {
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        const auto had = [outcome](const RunRecord* run) { return run->totals.outcomes[outcome] > 0; };
        if (outcome != Outcome::ok && std::ranges::any_of(variant.drawn, had)) outcomes.push_back(outcome);
    }
    return outcomes;
}

/// What follows the last attempt would look like a load that dwindles.
double load_end_s(const Variant& variant) {
    double end_s = 0;
    for (const RunRecord* run : variant.drawn) end_s = std::max(end_s, record::load_end_s(*run));
    return end_s;
}

/// A count of every sample while there was load.
template <class Reading>
std::vector<Points> counts_of(const Variant& variant, Reading reading) {
    return points_of_all(variant, [reading, end_s = load_end_s(variant)](const Sample& sample) {
        return sample.t_s <= end_s ? std::optional<std::uint64_t>{reading(sample)} : std::nullopt;
    });
}

Series rate_of(Outcome outcome, const Variant& variant, const std::vector<double>& x) {
    const auto points = counts_of(variant, [outcome](const Sample& sample) { return sample.outcomes[outcome]; });
    return series_of(std::string{core::name(outcome)}, outcome == Outcome::ok ? "ok" : findings::outcome_label(outcome),
                     points, x, growth);
}

std::string text_of(const Variant& variant, const Panel& panel) {
    std::string words;
    for (const Series& series : panel.series) {
        const std::string name =
            series.key == "offered" || series.key == "ok" ? series.label : '"' + series.label + '"';
        words +=
            fmt::format("{}{} {}", words.empty() ? "" : "; ", name, course_words(panel.x, series.y, as_per_second));
    }
    return joined({fmt::format("Attempts per second over {}: {}.", text::seconds(panel.x.back()), words),
                   mark_words(panel.marks), drawn_words(variant)});
}

}  // namespace

Chart rates_chart(const Variants& variants, const Options& options) {
    Chart chart = chart_over_time("rates", "Attempts per second: offered, ok, failed",
                                  "Per second of scenario time, by how an attempt ended. The band shows single "
                                  "intervals between samples.",
                                  {"attempts", Unit::per_second, Scale::linear});
    std::vector<std::vector<Outcome>> outcomes;
    std::size_t series = 2;
    for (const Variant& variant : variants) {
        outcomes.push_back(failures_of(variant));
        series = std::max(series, 2 + outcomes.back().size());
    }
    const std::size_t places = places_each(options, variants.size(), series);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto offered = counts_of(variants[i], [](const Sample& sample) { return sample.attempts; });
        Panel panel;
        panel.subject = i;
        panel.x = places_for(offered, places);
        if (panel.x.empty()) continue;
        panel.series.push_back(series_of("offered", "offered", offered, panel.x, growth));
        panel.series.push_back(rate_of(Outcome::ok, variants[i], panel.x));
        for (const Outcome outcome : outcomes[i]) panel.series.push_back(rate_of(outcome, variants[i], panel.x));
        panel.marks = marks_until(panel.x.back(), {first_trouble(variants[i])});
        panel.text = text_of(variants[i], panel);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

}  // namespace portdrought::charts
