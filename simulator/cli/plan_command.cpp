#include <fmt/format.h>

#include "analysis/knees/plan.hpp"
#include "analysis/report/knees_json.hpp"
#include "analysis/report/plan_text.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/scenario_choice.hpp"

namespace portdrought::cli {

int plan(const CommandLine& line) {
    std::vector<knees::Plan> plans;
    // Nothing is run, so what this machine allows is no matter.
    for (const scenario::Scenario& variant : choose_scenarios(line, scenario::Limits{}))
        plans.push_back(knees::plan_for(variant));
    fmt::print("{}",
               line.format == Format::json ? report::plan_json(plans) : report::render_text(plans, style_of(line)));
    return exit_fine;
}

}  // namespace portdrought::cli
