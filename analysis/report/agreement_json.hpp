// Agreements as a member of the object that `--format json` prints (schema portdrought.result/1, see report_json.hpp).
#pragma once

#include <string>
#include <vector>

#include "analysis/report/agreement.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::report {

/// The member `agreements`.
void write_agreements(record::JsonWriter& json, const std::vector<Validated>& all);

}  // namespace portdrought::report
