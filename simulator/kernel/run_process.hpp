// The child's side of the kernel engine: enter the lab, start the workers, sample until they are done, tell the parent.
// Threads: this process is single-threaded until it is inside its namespaces; then one thread per worker, while the
// first one samples. Workers share nothing but the clock and the stop flag; tallies are merged after they have ended.
#pragma once

#include <cstdint>

#include "scenario/scenario.hpp"

namespace portdrought::kernel {

/// Runs in the forked child. Writes progress and then one record, environment or failure message to `parent_fd`.
/// Returns the child's exit code: 0 if a record was sent.
int run_and_report(const scenario::Scenario& scenario, std::uint32_t repetition, int parent_fd);

}  // namespace portdrought::kernel
