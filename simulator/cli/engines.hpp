// The engines of this program, by what a scenario asks for.
#pragma once

#include "cli/command_line.hpp"
#include "sweep/work.hpp"

namespace portdrought::cli {

/// The model has the costs that the command line names, or the stored ones, or the built-in ones; they are read when
/// they are first asked for, by make() or costs_source(), which throw UsageError where that cannot be.
sweep::Engines engines(const CommandLine& line);

}  // namespace portdrought::cli
