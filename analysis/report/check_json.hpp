// Checks as members of the object that `--format json` prints (schema portdrought.result/1, see report_json.hpp): the
// judgements and what became worse.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/check.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::report {

/// The members `expectations`, `regressions` and `notes`.
void write_checks(record::JsonWriter& json, const std::vector<Check>& checks);

}  // namespace portdrought::report
