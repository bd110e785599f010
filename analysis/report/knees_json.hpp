// `plan` and `knee` as JSON: the object of schema portdrought.result/1 with a member `plan` or `knees`, a list with one
// entry per variant. A rate that never comes is absent, and `why` says why. See docs/knees.md.
#pragma once

#include <string>
#include <vector>

#include "analysis/knees/plan.hpp"
#include "analysis/report/knee_text.hpp"
#include "analysis/report/result_json.hpp"

namespace portdrought::report {

/// JSON text, ending in a newline.
std::string plan_json(const std::vector<knees::Plan>& plans);
/// The member `knees`.
void write_knees(record::JsonWriter& json, const std::vector<KneeReport>& reports);

}  // namespace portdrought::report
