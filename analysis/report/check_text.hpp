// Checks as text for a terminal: a line per expectation, and below what did not hold the reason.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/check.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

std::string render_text(const Check& check, const text::TextStyle& style);

/// The last line: "1 of 2 expectations failed".
std::string summary_line(const std::vector<Check>& checks);

}  // namespace portdrought::report
