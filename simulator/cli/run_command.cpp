#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "analysis/report/section.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/serving.hpp"

namespace portdrought::cli {

int run(const CommandLine& line) {
    prepare_files(line);
    bool first = true;
    const auto print = [&](const FinishedRun& run) {
        if (line.format != Format::text) return;  // all at once, at the end
        if (!std::exchange(first, false)) fmt::print("\n");
        print_one(run, line);
        std::fflush(stdout);
    };
    const std::vector<scenario::Scenario> variants = choose_scenarios(line);
    Serving serving(line, one_section);
    const Runs runs = perform(variants, line.repeat.value_or(1), line, print, {.serving = &serving});
    deliver(report_of({report::section_of(reported_runs(runs.finished))}, line), line, [] {});
    serving.end(runs.interrupted);
    return runs.exit_code();
}

}  // namespace portdrought::cli
