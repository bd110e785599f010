// From the command line of a sweep to its grid and its file. The command and portdrought-mpi share it, so both make the
// same points and keep the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "sweep/grid.hpp"
#include "sweep/keeper.hpp"
#include "sweep/work.hpp"

namespace portdrought::cli {

struct SweepSetup {
    sweep::Grid grid;
    record::SweepHeader header;
    record::Shard shard;
    bool is_model = false;  // every point: they may be made at the same time
};

/// Writes nothing. Throws UsageError or ScenarioMistakes.
SweepSetup set_up_sweep(const CommandLine& line, const sweep::Engines& engines);

/// The file that the results go to.
std::string sweep_path(const CommandLine& line);

/// Begins the file, with the rows that --resume finds in it. A run that was not valid is made again where another run
/// may well be valid. Throws UsageError: the file is there already, is of another sweep, cannot be written.
sweep::Keeper open_sweep_file(const CommandLine& line, const SweepSetup& setup, const sweep::Engines& engines);

/// Prints what was made and gives the exit code; says how to go on if points are missing.
int report_sweep(const CommandLine& line, const record::SweepResult& result);

}  // namespace portdrought::cli
