#include <fmt/format.h>

#include "analysis/knees/plan.hpp"
#include "analysis/knees/simulation.hpp"
#include "analysis/report/knees_json.hpp"
#include "analysis/report/plan_text.hpp"
#include "cli/commands.hpp"
#include "cli/engines.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/plan_options.hpp"
#include "cli/scenario_choice.hpp"
#include "model/model_engine.hpp"
#include "os/process/stop_signal.hpp"

namespace portdrought::cli {
namespace {

/// Nothing is run on the kernel, so what this machine allows is no matter.
std::vector<scenario::Scenario> scenarios_to_plan(const CommandLine& line) {
    if (line.names.empty() && !says_something(line))
        throw UsageError(
            "plan takes a scenario, or options that say what to plan for; for example: portdrought plan --rate 500/s");
    CommandLine with_options = line;
    with_options.settings = settings_of_plan(line);
    if (line.names.empty()) return scenarios_of(built_in_plan(line), with_options, scenario::Limits{});
    return choose_scenarios(with_options, scenario::Limits{});
}

/// A plan is of ports: connections cost no CPU time, as on a host with threads enough, unless --costs says what they
/// cost.
sweep::Engines engines_of_plan(const CommandLine& line) {
    sweep::Engines result = engines(line);
    if (line.costs) return result;
    core::Costs nothing;
    nothing.live_probe = nothing.time_wait_probe = nothing.time_wait_probe_cached = core::Duration{0};
    nothing.connect = nothing.connection = nothing.failing_connection = core::Duration{0};
    result.make = [nothing](const scenario::Scenario&) -> std::unique_ptr<engine::Engine> {
        return std::make_unique<model::ModelEngine>(nothing, "none");
    };
    return result;
}

/// Interrupted, it prints what is known by then.
void play(std::vector<knees::Plan>& plans, const CommandLine& line) {
    const os::StopSignal stop;
    const sweep::Engines makers = engines_of_plan(line);
    engine::Observer observer;
    observer.stop_requested = [] { return os::StopSignal::requested(); };
    for (knees::Plan& plan : plans) {
        knees::simulate(plan, [&](const scenario::Scenario& s) { return makers.make(s)->run(s, 1, observer); });
        if (!plan.played)
            fmt::print(stderr,
                       "portdrought: {} is not simulated: how many connections it opens is not known beforehand\n",
                       plan.scenario.name);
        if (os::StopSignal::requested()) return;
    }
}

/// Of a scenario the run; of options the same on the model, and after that nothing.
std::optional<std::string> next_step(const CommandLine& line) {
    if (!line.names.empty()) return same_scenario("run", line, settings_of_plan(line));
    if (line.simulate) return std::nullopt;
    std::vector<Setting> settings = settings_of_plan(line);
    return same_scenario("plan", line, settings) + " --simulate";
}

}  // namespace

int plan(const CommandLine& line) {
    std::vector<knees::Plan> plans;
    for (const scenario::Scenario& variant : scenarios_to_plan(line)) plans.push_back(knees::plan_for(variant));
    if (line.simulate) play(plans, line);
    const auto form = line.names.empty() ? report::PlanForm::brief : report::PlanForm::full;
    fmt::print("{}", line.format == Format::json ? report::plan_json(plans)
                                                 : report::render_text(plans, style_of(line), form));
    print_last_lines(line, std::nullopt, next_step(line));
    return line.simulate && os::StopSignal::requested() ? exit_interrupted : exit_fine;
}

}  // namespace portdrought::cli
