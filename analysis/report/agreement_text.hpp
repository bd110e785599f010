// The agreement of two engines as text for a terminal: a table per run, and below it what could not be compared.
#pragma once

#include <string>

#include "analysis/report/agreement.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

std::string render_text(const Validated& validated, const text::TextStyle& style);

}  // namespace portdrought::report
