// --resume: the runs that a folder of records already holds. Only whole and valid measurements count; the rest is run
// again, and no record is touched.
#pragma once

#include <string>
#include <vector>

#include "cli/runs.hpp"
#include "cli/schedule.hpp"

namespace portdrought::cli {

struct Resumption {
    std::vector<FinishedRun> found;  // in the order of the plan
    std::vector<PlannedRun> missing;
    std::size_t strange = 0;  // records of the same variants that other settings or another build made: not repeats
};

/// Splits `plan` into what `folder` holds and what it lacks. Throws UsageError when the folder cannot be read.
Resumption resume(const std::vector<PlannedRun>& plan, const std::string& folder);

}  // namespace portdrought::cli
