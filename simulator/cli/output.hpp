// Puts records on stdout in the form the command line asks for. run and report share it, so both say the same about a
// record.
#pragma once

#include <vector>

#include "analysis/report/report.hpp"
#include "analysis/text/layout.hpp"
#include "cli/command_line.hpp"
#include "cli/runs.hpp"

namespace portdrought::cli {

/// Width, colours and characters of stdout.
text::TextStyle style_of(const CommandLine& line);

/// The report of one run, with the listing where --netstat asks for it; as text.
void print_one(const FinishedRun& run, const CommandLine& line);

/// What the runs show, one diagnosis after the other, or one JSON object.
void print_diagnoses(const std::vector<FinishedRun>& runs, const CommandLine& line);

/// The runs side by side, as text.
void print_comparison(const report::Section& section, const CommandLine& line);

/// What was expected of one scenario and what came of it, as text.
void print_check(const report::Check& check, const CommandLine& line, bool is_first);

}  // namespace portdrought::cli
