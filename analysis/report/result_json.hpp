// The object that `--format json` prints, schema portdrought.result/1: the members that are about runs. Totals have the
// same names as in the record file.
#pragma once

#include "analysis/report/report.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::report {

inline constexpr const char* result_schema = "portdrought.result/1";

/// The member `records`: the runs of all sections.
void write_records(record::JsonWriter& json, const Report& report);

/// The member `comparison`.
void write_comparison(record::JsonWriter& json, const compare::Comparison& comparison);

}  // namespace portdrought::report
