#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/findings/refusals.hpp"
#include "analysis/text/numbers.hpp"

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

Series rate_of(Outcome outcome, const Variant& variant, const std::vector<double>& x) {
    const auto reading = [outcome](const Sample& sample) { return std::optional{sample.outcomes[outcome]}; };
    return series_of(std::string{core::name(outcome)}, outcome == Outcome::ok ? "ok" : findings::outcome_label(outcome),
                     points_of_all(variant, reading), x, growth);
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
        const auto offered =
            points_of_all(variants[i], [](const Sample& sample) { return std::optional{sample.attempts}; });
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
