// Brings a Report to where the command line wants it: files, and stdout in forms other than text, which commands print
// as they go.
#pragma once

#include <functional>
#include <vector>

#include "analysis/report/report.hpp"
#include "cli/command_line.hpp"
#include "cli/runs.hpp"

namespace portdrought::cli {

/// Before anything is measured: that the files the line names can be written is found out with a file beside each.
/// Throws UsageError.
void prepare_files(const CommandLine& line);

/// With the charts where `is_drawn`, by default where a file has any: --html.
report::Report report_of(std::vector<report::Section> sections, const CommandLine& line);
report::Report report_of(std::vector<report::Section> sections, const CommandLine& line, bool is_drawn);

/// Writes the files, then prints the form asked for; `print` where that is text. Nobody who stops reading stdout stops
/// the files. What cannot be written is printed all the same, and thrown after that: os::SystemError.
void deliver(const report::Report& report, const CommandLine& line, const std::function<void()>& print);

/// Runs as a Report wants them; refers to `runs`.
std::vector<report::ReportedRun> reported_runs(const std::vector<FinishedRun>& runs);

}  // namespace portdrought::cli
