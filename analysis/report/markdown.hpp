// A report as Markdown for a pull request (GitHub's): the answer, what failed, a table of variants, and folded away
// below what else there is to know. Only layout; no text of a scenario or record can be more than text.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// Ends in a newline.
std::string markdown(const Report& report);

}  // namespace portdrought::report
