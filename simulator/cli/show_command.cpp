#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/scenario_choice.hpp"
#include "scenario/printer.hpp"

namespace portdrought::cli {

int show(const CommandLine& line) {
    const Choice choice = choose(line, scenario::Limits{});
    fmt::print("{}", scenario::to_toml(choice.variants, choice.written));
    return exit_fine;
}

}  // namespace portdrought::cli
