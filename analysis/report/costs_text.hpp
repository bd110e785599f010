// The measured costs beside the built-in ones, for a terminal. Only layout.
#pragma once

#include <string>

#include "analysis/text/layout.hpp"
#include "record/measured_costs.hpp"

namespace portdrought::report {

/// Ends in a newline.
std::string render_text(const record::MeasuredCosts& costs, const text::TextStyle& style);

}  // namespace portdrought::report
