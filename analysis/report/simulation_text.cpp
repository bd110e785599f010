#include "analysis/report/simulation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/knees/simulation.hpp"
#include "analysis/laws/load_peak.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

using knees::Plan;
using knees::Played;

std::string rate(const std::optional<double>& per_s, const char* unit) {
    return per_s ? text::figure_below(*per_s) + unit : "unknown";
}

std::string moment(const std::optional<double>& at_s) { return at_s ? text::seconds(*at_s) : "never"; }

struct Row {
    std::string name;
    knees::Expected expected;
    Played played;
    const char* unit = "/s";
};

std::vector<Row> rows_of(const Plan& plan) {
    std::vector<Row> rows{{"as it is", knees::expected(plan), *plan.played}};
    for (const knees::Mitigation& item : plan.mitigations)
        if (item.played)
            rows.push_back(
                {item.name, knees::expected(item), *item.played, item.attempts_per_connection > 1 ? " req/s" : "/s"});
    return rows;
}

/// What makes a law and the model differ, where something does.
std::string remarks(const Plan& plan, std::size_t width) {
    std::string words;
    if (plan.scenario.nat.is_there() && plan.scenario.nat.port_choice == scenario::NatPorts::preserve)
        words =
            "The law is a bound: it takes the NAT's table for full where 1 % of its searches give up. In the model "
            "flows "
            "keep their hosts' ports while they can, so runs of taken ports let the first search give up before, and "
            "flows that come back to their own pair let more through after (docs/model.md).";
    const bool is_natural = scenario::is_linux(plan.scenario.host) && !plan.scenario.host.timed_wait_delay;
    if (is_natural && plan.forecast.law.holding == laws::Holding::time_wait && plan.played->first_full_s)
        words += std::string{words.empty() ? "" : " "} +
                 "The law has TIME_WAIT at 60 s; Linux's timer wheel makes 61 s of it, and so does the model.";
    const double course_s = core::seconds(laws::period_of(plan.scenario.load));
    if (plan.played->duration_s < course_s)
        words += fmt::format("{}Only {} of the load's course of {} were played: its worst time may be missing.",
                             words.empty() ? "" : " ", text::seconds(plan.played->duration_s), text::seconds(course_s));
    return words.empty() ? words : '\n' + text::paragraph(words, 2, width);
}

std::string notes(const std::vector<Row>& rows, std::size_t width) {
    std::string result;
    for (const Row& row : rows) {
        if (row.played.interrupted) result += text::paragraph(row.name + ": the simulation was interrupted.", 2, width);
        if (!row.played.note.empty())
            result += text::paragraph(row.name + ": the simulation is not valid: " + row.played.note, 2, width);
    }
    return result.empty() ? result : '\n' + result;
}

}  // namespace

std::string simulation_text(const Plan& plan, const text::TextStyle& style) {
    if (!plan.played) return "";
    const std::vector<Row> rows = rows_of(plan);
    text::Table table({"simulated", "for", "lasts: law", "model", "full: law", "model"});
    for (const auto& [name, expected, played, unit] : rows)
        table.add_row({name, text::seconds(played.duration_s), rate(expected.sustained_per_s, unit),
                       rate(played.sustained_per_s, unit), moment(expected.first_full_s), moment(played.first_full_s)});
    const std::size_t prose = std::min(style.width, text::prose_width);
    return '\n' + table.render(style.width) + remarks(plan, prose) + notes(rows, prose);
}

}  // namespace portdrought::report
