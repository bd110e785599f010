#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"

namespace portdrought::cli {

int compare(const CommandLine& line) {
    constexpr std::uint32_t usual_repeat = 3;
    const Runs runs = perform(choose_scenarios(line), line.repeat.value_or(usual_repeat), line);
    if (!runs.finished.empty()) print_comparison(runs.finished, line);
    return runs.exit_code();
}

}  // namespace portdrought::cli
