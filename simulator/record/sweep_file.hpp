// The file of a SweepResult: JSON, schema portdrought.sweep/1 (docs/sweeps.md), a line for each point. Equal results
// give equal bytes, and reading what was written gives the same bytes again.
#pragma once

#include <string>
#include <string_view>

#include "record/format_error.hpp"
#include "record/run_record.hpp"
#include "record/sweep_result.hpp"

namespace portdrought::record {

/// A row: the point, its settings, whether the run was valid, and its totals, all in one line without an end.
std::string sweep_row(std::uint64_t point, const scenario::Pairs& settings, const RunRecord& record);

/// Throws FormatError for anything but a row of this schema.
SweepRow read_sweep_row(std::string_view text, std::string_view name);

std::string to_json(const SweepResult& result);

/// `name` stands for the file in messages. Throws FormatError for anything but a sweep of this schema, complete or not.
SweepResult sweep_from_json(std::string_view text, std::string_view name);

/// For a file that grows row by row: every file ends in this,
inline constexpr std::string_view sweep_ending = "\n  ]\n}\n";
/// ... and a further row stands in the place of the ending, with the ending behind it.
std::string further_row(std::string_view row, bool is_first);

/// Throws os::SystemError when the file cannot be read, FormatError when it is no sweep.
SweepResult read_sweep_file(const std::string& path);

}  // namespace portdrought::record
