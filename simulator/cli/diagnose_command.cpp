#include "cli/commands.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"

namespace portdrought::cli {

int diagnose(const CommandLine& line) {
    const std::vector<FinishedRun> runs = read_runs(line.names);
    print_diagnoses(runs, line);
    print_last_lines(line, std::nullopt, "portdrought report " + shell_word(runs.front().path));
    return exit_fine;
}

}  // namespace portdrought::cli
