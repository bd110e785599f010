#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"

namespace portdrought::cli {

int run(const CommandLine& line) {
    const Runs runs = perform(choose_scenarios(line), line.repeat.value_or(1), line);
    print_each(runs.finished, line);
    return runs.exit_code();
}

}  // namespace portdrought::cli
