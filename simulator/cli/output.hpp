// Puts records on stdout in the form the command line asks for. run and report share it, so both say the same about a
// record.
#pragma once

#include <vector>

#include "cli/command_line.hpp"
#include "cli/runs.hpp"

namespace portdrought::cli {

/// The report of one run, with the listing where --netstat asks for it; as text.
void print_one(const FinishedRun& run, const CommandLine& line);

/// What the runs show, one diagnosis after the other, or one JSON object.
void print_diagnoses(const std::vector<FinishedRun>& runs, const CommandLine& line);

/// All of them as one JSON object.
void print_json(const std::vector<FinishedRun>& runs);

/// The runs side by side, or one JSON object with the comparison in it.
void print_comparison(const std::vector<FinishedRun>& runs, const CommandLine& line);

}  // namespace portdrought::cli
