#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"

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

/// When the first attempt found no port, where that says of all of them that none was free: there is one pool of them,
/// it was connect() that looked, and nothing is given back before its time.
std::optional<double> nothing_free_at(const RunRecord& run) {
    const scenario::Scenario& s = run.scenario;
    const auto& outcomes = run.totals.outcomes;
    const bool is_one_pool = s.topology.hosts == 1 && s.host.sources * scenario::destination_count(s.host) == 1 &&
                             s.server.kind == scenario::ServerKind::builtin;
    const bool is_told =
        outcomes[core::Outcome::no_port_connect] > 0 && outcomes[core::Outcome::no_port_connect] == outcomes.no_port();
    return is_one_pool && is_told && !scenario::tw_reuse_works(s) ? run.totals.time_to_first_failure_s : std::nullopt;
}

/// What is known besides the counts: that nothing was free at some time, and that the last count stands until the end.
void add_known(Points& points, const RunRecord& run) {
    if (points.empty()) return;
    const double end_s = run.samples.back().t_s;
    if (end_s > points.back().t_s) points.push_back({end_s, points.back().value});
    const auto empty_at = nothing_free_at(run);
    if (!empty_at || *empty_at > end_s) return;
    const auto after = std::ranges::lower_bound(points, *empty_at, {}, &Point::t_s);
    if (after->t_s > *empty_at) points.insert(after, {*empty_at, 0});
}

std::vector<Points> known(const Variant& variant, std::vector<Points> counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) add_known(counts[i], *variant.drawn[i]);
    return counts;
}

/// Places of the counts, with those where a first attempt found nothing.
std::vector<double> places_of(const Variant& variant, const std::vector<Points>& counts, std::size_t most) {
    std::vector<double> x = places_for(counts, most);
    for (const RunRecord* run : variant.drawn) {
        const auto empty_at = nothing_free_at(*run);
        if (!empty_at || x.empty() || *empty_at > x.back()) continue;
        const auto after = std::ranges::lower_bound(x, *empty_at);
        if (*after > *empty_at) x.insert(after, *empty_at);
    }
    return x;
}

/// What was at the place before stands until right before each place.
void repeat_before_places(std::vector<double>& values) {
    std::vector<double> result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) result.push_back(values[i - 1]);
        result.push_back(values[i]);
    }
    values = std::move(result);
}

void draw_as_steps(Panel& panel) {
    const double width = panel.x.back() / 1000;  // upright to the eye
    std::vector<double> x;
    for (std::size_t i = 0; i < panel.x.size(); ++i) {
        if (i > 0) x.push_back(panel.x[i] - std::min(width, (panel.x[i] - panel.x[i - 1]) / 2));
        x.push_back(panel.x[i]);
    }
    panel.x = std::move(x);
    for (Series& series : panel.series)
        for (std::vector<double>* values : {&series.y, &series.low, &series.high}) repeat_before_places(*values);
}

Panel panel_of(const Variant& variant, std::size_t subject, std::size_t places) {
    const std::vector<Points> free = readings(variant, &Available::free);
    const std::vector<Points> reusable = readings(variant, &Available::reusable);
    Panel panel;
    panel.subject = subject;
    panel.x = places_of(variant, known(variant, free), places);
    if (panel.x.empty()) return panel;
    panel.whole = variant.capacity();
    panel.series.push_back(series_of("ports_free", "free", known(variant, free), panel.x, held));
    if (has_any(reusable)) {
        panel.series.push_back(series_of("ports_reusable", "reusable", known(variant, reusable), panel.x, held));
        panel.series.back().is_stacked = true;
    }
    for (Series& series : panel.series) scale(series, 100 / variant.capacity());
    draw_as_steps(panel);
    return panel;
}

void finish(Panel& panel, const Variant& variant) {
    const double end_s = panel.x.back();
    panel.marks = {every_port(variant)};
    for (Mark& mark : marks_until(end_s, {first_failure(variant), predicted(variant)}))
        panel.marks.push_back(std::move(mark));
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
        "(tw_reuse). Counted once a second of real time: each count stands until the next, whatever was between. Where "
        "the first attempt without a port says that none was free, that is drawn as well. The band is the least and "
        "most of repeats.",
        {"of all ports", Unit::percent, Scale::linear});
    // Two values for each place, of two series; more than a page draws apart would blur the steps.
    const std::size_t places = std::min<std::size_t>(places_each(options, variants.size(), 4), 350);
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
