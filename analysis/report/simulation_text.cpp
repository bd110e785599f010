#include "analysis/report/simulation_text.hpp"

#include <algorithm>
#include <vector>

#include "analysis/knees/simulation.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

using knees::Plan;
using knees::Played;

std::string rate(const std::optional<double>& per_s) { return per_s ? text::figure(*per_s) + "/s" : "unknown"; }

std::string moment(const std::optional<double>& at_s) { return at_s ? text::seconds(*at_s) : "never"; }

struct Row {
    std::string name;
    knees::Expected expected;
    Played played;
};

std::vector<Row> rows_of(const Plan& plan) {
    std::vector<Row> rows{{"as it is", knees::expected(plan), *plan.played}};
    for (const knees::Mitigation& item : plan.mitigations)
        if (item.played) rows.push_back({item.name, knees::expected(item), *item.played});
    return rows;
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
    for (const auto& [name, expected, played] : rows)
        table.add_row({name, text::seconds(played.duration_s), rate(expected.sustained_per_s),
                       rate(played.sustained_per_s), moment(expected.first_full_s), moment(played.first_full_s)});
    return '\n' + table.render(style.width) + notes(rows, std::min(style.width, text::prose_width));
}

}  // namespace portdrought::report
