#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/held.hpp"
#include "analysis/charts/run_chart_parts.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;
using record::Sample;

bool has_fin_wait_2(const RunRecord& run) {
    return run.totals.fin_wait_2_peak.value_or(0) > record::fin_wait_2_in_passing;
}

struct Sides {
    bool client = false, server = false, told = false;
};

Sides sides_of(const Runs& runs) {
    Sides sides;
    for (const RunRecord* run : runs) {
        sides.client = sides.client || run->totals.time_wait_peak_client.value_or(0) > 0;
        sides.server = sides.server || run->totals.time_wait_peak_server.value_or(0) > 0;
        sides.told = sides.told || run->totals.time_wait_peak_client || run->totals.time_wait_peak_server;
    }
    return sides;
}

Held together(const Variant& variant, const char* key, const char* label) {
    Held held{key, label, {}};
    for (const RunRecord* run : variant.drawn)
        held.runs.push_back(points_of(
            *run, [mixed = has_fin_wait_2(*run)](const Sample& sample) { return time_wait_of(sample, mixed); }));
    return held;
}

std::string peak_words(const Variant& variant) {
    std::uint64_t peak = 0;
    for (const RunRecord* run : variant.drawn) peak = std::max(peak, run->totals.time_wait_peak.value_or(0));
    return fmt::format("At most {} of {} {} were in TIME_WAIT at one time.", text::thousands(peak),
                       text::thousands(variant.sample().totals.ports_capacity), pairs_word(variant.sample()));
}

std::string side_words(const std::vector<Held>& held) {
    return held.size() == 1 && held.front().key != "time_wait" ? ", all " + held.front().label + "," : "";
}

std::string text_of(const Variant& variant, const std::vector<Held>& held, const Panel& panel) {
    const std::string course = course_words(panel.x, stacked(panel.series), as_percent);
    return joined({fmt::format("TIME_WAIT{} {}, over {}.", side_words(held), course, text::seconds(panel.x.back())),
                   peak_words(variant), mark_words(panel.marks), beyond_the_run(variant, panel.x.back()),
                   drawn_words(variant)});
}

Panel panel_of(const Variant& variant, std::size_t subject, const std::vector<Held>& held, std::size_t places) {
    Panel panel;
    panel.subject = subject;
    panel.x = places_for(held.front().runs, places);
    panel.whole = variant.capacity();
    for (const Held& side : held) {
        Series series = series_of(side.key, side.label, side.runs, panel.x, gauge);
        scale(series, 100 / variant.capacity());
        series.is_stacked = !panel.series.empty();
        panel.series.push_back(std::move(series));
    }
    panel.marks.push_back(every_port(variant));
    if (!panel.x.empty())
        for (Mark& mark : marks_until(panel.x.back(), {first_trouble(variant), predicted(variant)}))
            panel.marks.push_back(std::move(mark));
    return panel;
}

}  // namespace

std::optional<double> time_wait_of(const Sample& sample, bool has_fin_wait_2) {
    if (sample.time_wait_client && sample.time_wait_server)
        return static_cast<double>(*sample.time_wait_client + *sample.time_wait_server);
    if (sample.time_wait && !has_fin_wait_2) return static_cast<double>(*sample.time_wait);
    return std::nullopt;
}

std::vector<Held> held_of(const Variant& variant) {
    const Sides sides = sides_of(variant.drawn);
    std::vector<Held> held;
    if (sides.client && sides.server) {
        held.push_back({"time_wait_client", "client-held",
                        points_of_all(variant, [](const Sample& sample) { return sample.time_wait_client; })});
        held.push_back({"time_wait_server", "server-held",
                        points_of_all(variant, [](const Sample& sample) { return sample.time_wait_server; })});
    } else if (sides.client) {
        held.push_back(together(variant, "time_wait_client", "client-held"));
    } else if (sides.server) {
        held.push_back(together(variant, "time_wait_server", "server-held"));
    } else {
        held.push_back(together(variant, "time_wait", sides.told ? "TIME_WAIT" : "TIME_WAIT of either side"));
    }
    std::erase_if(held, [](const Held& side) { return !has_points(side.runs); });
    return held;
}

Chart time_wait_chart(const Variants& variants, const Options& options) {
    Chart chart = chart_over_time(
        "time-wait", "TIME_WAIT, per cent of capacity",
        "The line is the median over repeats, the band the least and most of them. Client-held pairs take ports "
        "of the client; server-held ones take none.",
        {"of all ports", Unit::percent, Scale::linear});
    std::vector<std::vector<Held>> held;
    std::size_t most = 1;
    for (const Variant& variant : variants) {
        held.push_back(held_of(variant));
        most = std::max(most, held.back().size());
    }
    const std::size_t places = places_each(options, variants.size(), most);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        if (held[i].empty() || variants[i].capacity() <= 0) continue;
        Panel panel = panel_of(variants[i], i, held[i], places);
        if (panel.x.empty()) continue;
        panel.text = text_of(variants[i], held[i], panel);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

}  // namespace portdrought::charts
