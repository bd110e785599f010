// The sweep command with the engines it is given: the program's own, or those of a test.
#pragma once

#include "cli/command_line.hpp"
#include "sweep/work.hpp"

namespace portdrought::cli {

/// As sweep() of commands.hpp. What an engine throws is passed on after the rows made so far are in their file.
int sweep_with(const CommandLine& line, const sweep::Engines& engines);

}  // namespace portdrought::cli
