// --resume: the runs that a folder of records already holds. Only whole and valid measurements count; the rest is run
// again, and no record is touched.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/runs.hpp"
#include "cli/schedule.hpp"

namespace portdrought::cli {

struct Resumption {
    std::vector<FinishedRun> found;  // in the order of the plan
    std::vector<PlannedRun> missing;
    std::size_t strange =
        0;  // records of the same variants that other settings, other costs or another build made: not repeats
};

/// Where a model would have its costs from; empty for a scenario that uses none.
using CostsSource = std::function<std::string(const scenario::Scenario&)>;

/// Splits `plan` into what `folder` holds and what it lacks. Throws UsageError when the folder cannot be read.
Resumption resume(const std::vector<PlannedRun>& plan, const std::string& folder, const CostsSource& costs_source);

}  // namespace portdrought::cli
