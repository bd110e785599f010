#include "analysis/report/simulation_text.hpp"

#include <fmt/format.h>

#include "analysis/knees/simulation.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

using knees::Plan;
using knees::Played;

std::string rate(const std::optional<double>& per_s) { return per_s ? text::figure(*per_s) + "/s" : "unknown"; }

std::string moment(const std::optional<double>& at_s) { return at_s ? text::seconds(*at_s) : "never"; }

void add(text::Table& table, const std::string& name, const knees::Expected& expected, const Played& played) {
    table.add_row({name, text::seconds(played.duration_s), rate(expected.sustained_per_s), rate(played.sustained_per_s),
                   moment(expected.first_full_s), moment(played.first_full_s) + (played.valid ? "" : " (not valid)")});
}

}  // namespace

std::string simulation_text(const Plan& plan, const text::TextStyle& style) {
    if (!plan.played) return "";
    text::Table table({"simulated", "for", "law: lasts", "model", "law: full after", "model "});
    add(table, "as it is", knees::expected(plan), *plan.played);
    for (const knees::Mitigation& item : plan.mitigations)
        if (item.played) add(table, item.name, knees::expected(item), *item.played);
    return '\n' + table.render(style.width);
}

}  // namespace portdrought::report
