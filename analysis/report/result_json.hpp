// The object that `--format json` prints, schema portdrought.result/1: what a command did, for programs. Totals have
// the same names as in the record file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/compare/comparison.hpp"
#include "record/json/json_writer.hpp"
#include "record/run_record.hpp"

namespace portdrought::report {

inline constexpr const char* result_schema = "portdrought.result/1";

struct ResultRun {
    const record::RunRecord* record;
    std::optional<std::string> path;  // absent when the record was not written
};

/// The member `records`, for whoever adds members of its own to such an object.
void write_records(record::JsonWriter& json, const std::vector<ResultRun>& runs);

/// The member `comparison`.
void write_comparison(record::JsonWriter& json, const compare::Comparison& comparison);

/// JSON text, ending in a newline. Without a comparison there is no such member.
std::string result_json(const std::vector<ResultRun>& runs, const std::optional<compare::Comparison>& comparison = {});

}  // namespace portdrought::report
