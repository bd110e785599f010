// A report as the object that `--format json` prints (schema portdrought.result/1): the answer and
// each variant's line, then the members of the command it is of. docs/result-format.md has them.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// JSON text, ending in a newline.
std::string report_json(const Report& report);

}  // namespace portdrought::report
