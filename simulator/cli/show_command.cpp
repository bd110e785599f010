#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/scenario_choice.hpp"
#include "scenario/printer.hpp"

namespace portdrought::cli {

int show(const CommandLine& line) {
    fmt::print("{}", scenario::to_toml(choose_scenarios(line, scenario::Limits{})));
    return exit_fine;
}

}  // namespace portdrought::cli
