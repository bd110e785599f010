// What `knee` found, for terminals: a table of the three knees, measured beside predicted, then sentences. Only layout
// and words; what agrees is judged in analysis/knees.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/knee_report.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// The sentences below the table, also for JSON.
std::vector<std::string> knee_words(const KneeReport& report);

/// Ends in a newline.
std::string render_text(const KneeReport& report, const text::TextStyle& style);

}  // namespace portdrought::report
