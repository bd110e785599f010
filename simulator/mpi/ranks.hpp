// `sweep` over the ranks of an MPI job: every rank works out the same grid, rank 0 deals its points and keeps the rows,
// and works itself. What comes out is byte by byte what `portdrought sweep` writes, whatever the number of ranks.
// Boost.MPI stays in ranks.cpp.
#pragma once

#include <functional>

#include "cli/command_line.hpp"
#include "sweep/work.hpp"

namespace portdrought::mpi {

/// The whole program: the arguments are those of `portdrought sweep`; the result is this rank's exit code.
/// All ranks must come to the same costs.
int run_on_ranks(int argc, char** argv, const std::function<sweep::Engines(const cli::CommandLine&)>& engines_for);

}  // namespace portdrought::mpi
