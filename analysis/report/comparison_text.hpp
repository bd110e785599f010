// The terminal report of a comparison: a table that fits the terminal, split where it must be, ranges under the medians
// where repeats differ, then a line per variant. Only layout.
#pragma once

#include <string>

#include "analysis/compare/comparison.hpp"
#include "analysis/report/report.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// With the answer above the table, and below it TIME_WAIT of each variant as a line of blocks. Ends in a newline.
std::string render_text(const Section& section, const text::TextStyle& style);

}  // namespace portdrought::report
