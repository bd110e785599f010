// The records that --baseline names: earlier runs to compare with.
#pragma once

#include <string>
#include <vector>

#include "cli/runs.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::cli {

/// Every record of the files, and of the folders' *.json files. Throws UsageError for what is not there or no record.
std::vector<FinishedRun> read_baseline(const std::vector<std::string>& paths);

/// Those of the given variants' scenario. Throws UsageError where there is none, or where one was made with other
/// settings, naming the keys: figures of different scenarios do not compare.
std::vector<FinishedRun> baseline_of(const std::vector<scenario::Scenario>& variants,
                                     const std::vector<FinishedRun>& baseline);

}  // namespace portdrought::cli
