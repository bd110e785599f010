#include <fmt/format.h>

#include "analysis/report/section.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/serving.hpp"

namespace portdrought::cli {

int compare(const CommandLine& line) {
    constexpr std::uint32_t usual_repeat = 9;
    const std::vector<scenario::Scenario> variants = choose_scenarios(line);
    const std::uint32_t repeat = line.repeat.value_or(usual_repeat);
    prepare_files(line);
    Serving serving(line, one_section);
    const Runs runs = perform(variants, repeat, line, [](const FinishedRun&) {}, {.serving = &serving});
    if (!runs.finished.empty()) {
        const report::Report report = report_of({report::section_of(reported_runs(runs.finished))}, line);
        deliver(report, line, [&] { print_comparison(report.sections.front(), line); });
    }
    const bool valid = runs.exit_code() == exit_fine;
    if (runs.interrupted)
        print_last_lines(line, records_folder(line),
                         fmt::format("{} --repeat {} --resume {}", same_scenario("compare", line), repeat,
                                     shell_word(line.resume.value_or(line.output))));
    else
        print_last_lines(
            line, records_folder(line),
            valid ? same_scenario("plan", line) : "portdrought report " + shell_word(worth_a_look(runs.finished)));
    if (runs.interrupted)
        fmt::print(stderr,
                   "portdrought: interrupted after {} of {} runs; the same command with --resume {} makes the rest\n",
                   runs.finished.size(), variants.size() * repeat, line.resume.value_or(line.output));
    serving.end(runs.interrupted);
    return runs.exit_code();
}

}  // namespace portdrought::cli
