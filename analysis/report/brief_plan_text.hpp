// The plan of one host on one screen of 80 x 24: its ports, what they sustain, when they run out, and a line for each
// mitigation with what it gains, its setting and its price. Only layout.
#pragma once

#include <string>

#include "analysis/knees/plan.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// Ends in a newline.
std::string brief_text(const knees::Plan& plan, const text::TextStyle& style);

}  // namespace portdrought::report
