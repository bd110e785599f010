// A report as CSV for spreadsheets and statistics, tidy: one row per run and sample, or per point of a sweep, and one
// column per figure. RFC 4180 with a header; lines end in CR LF; what is not known is empty; decimals have a point.
// Only layout.
#pragma once

#include <string>
#include <string_view>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// Samples of every run, in the order of the report. Always the same columns. Cumulative counts as in the record.
std::string samples_csv(const Report& report);

/// The points of a sweep: a column per axis, named as its key, between those that every sweep has.
std::string sweep_csv(const SweepTable& table);

/// samples_csv, or sweep_csv of the first section that has a sweep.
std::string csv(const Report& report);

/// Text as one field: quoted where it has to be. Behind an apostrophe where a spreadsheet would take it for a formula.
std::string csv_field(std::string_view text);

}  // namespace portdrought::report
