#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;
using record::Sample;

/// What a census says connect() could take: `free` ports that nothing uses, and `reusable` ones in TIME_WAIT that it
/// takes over. A record's ports_free is both together (docs/method.md).
struct Available {
    double free = 0, reusable = 0;
};

std::optional<Available> available(const Sample& sample, double capacity) {
    if (!sample.ports_free) return std::nullopt;
    const auto both = static_cast<double>(*sample.ports_free);
    if (!sample.ports_in_use) return Available{both, 0};
    const double free = std::clamp(capacity - static_cast<double>(*sample.ports_in_use), 0.0, both);
    return Available{free, both - free};
}

std::vector<Points> readings(const Variant& variant, double Available::*member) {
    return points_of_all(variant, [&, capacity = variant.capacity()](const Sample& sample) -> std::optional<double> {
        const auto found = available(sample, capacity);
        return found ? std::optional{(*found).*member} : std::nullopt;
    });
}

bool has_any(const std::vector<Points>& runs) {
    return std::ranges::any_of(runs, [](const Points& points) {
        return std::ranges::any_of(points, [](const Point& p) { return p.value > 0; });
    });
}

/// A record may hold any numbers.
std::uint64_t counted(double ports) {
    constexpr double most = 0x1p63;
    return ports > 0 ? static_cast<std::uint64_t>(std::min(ports, most)) : 0;
}

std::string least_words(const Variant& variant) {
    std::optional<std::uint64_t> least, beside;
    for (const RunRecord* run : variant.drawn)
        for (const Sample& sample : run->samples) {
            const auto found = available(sample, variant.capacity());
            if (!found) continue;
            const auto both = counted(found->free + found->reusable);
            if (!least || both < *least) least = both;
            const auto free = counted(found->free);
            if (!beside || free < *beside) beside = free;
        }
    if (!least) return {};
    if (*beside == *least) return fmt::format("At the least {} were free at a count.", text::counted(*least, "port"));
    return fmt::format("At the least {} were free or reusable at a count, of which as few as {} were free.",
                       text::counted(*least, "port"), text::thousands(*beside));
}

std::string failures_words(const Variant& variant) {
    std::uint64_t most = 0;
    for (const RunRecord* run : variant.drawn) most = std::max(most, run->totals.outcomes.no_port());
    if (most > 0) return fmt::format("Up to {} in a run found no port.", text::counted(most, "attempt"));
    return first_drop(variant) ? "The host had a port for every attempt; it was the NAT that had none."
                               : "No attempt was without a port.";
}

Panel panel_of(const Variant& variant, std::size_t subject, std::size_t places) {
    const std::vector<Points> free = readings(variant, &Available::free);
    const std::vector<Points> reusable = readings(variant, &Available::reusable);
    Panel panel;
    panel.subject = subject;
    panel.x = places_for(free, places);
    panel.whole = variant.capacity();
    panel.series.push_back(series_of("ports_free", "free", free, panel.x, gauge));
    if (has_any(reusable)) {
        panel.series.push_back(series_of("ports_reusable", "reusable", reusable, panel.x, gauge));
        panel.series.back().is_stacked = true;
    }
    for (Series& series : panel.series) scale(series, 100 / variant.capacity());
    return panel;
}

void finish(Panel& panel, const Variant& variant) {
    const double end_s = panel.x.back();
    panel.marks = marks_until(end_s, {first_failure(variant), predicted(variant)});
    const bool is_reused = panel.series.size() > 1;
    const std::string course = course_words(panel.x, stacked(panel.series), as_percent);
    panel.text = joined({fmt::format("The share of ports {} {}, over {}.", is_reused ? "free or reusable" : "free",
                                     course, text::seconds(end_s)),
                         least_words(variant), failures_words(variant), mark_words(panel.marks), drawn_words(variant)});
}

}  // namespace

Chart ports_chart(const Variants& variants, const Options& options) {
    Chart chart = chart_over_time(
        "ports", "Ports free or reusable, per cent of capacity",
        "What connect() could take: ports that nothing uses, and on top of them pairs in TIME_WAIT that it takes over "
        "(tw_reuse). Counted once a second of real time.",
        {"of all ports", Unit::percent, Scale::linear});
    const std::size_t places = places_each(options, variants.size(), 2);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        if (variants[i].capacity() <= 0) continue;
        Panel panel = panel_of(variants[i], i, places);
        if (panel.x.empty()) continue;
        finish(panel, variants[i]);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

}  // namespace portdrought::charts
