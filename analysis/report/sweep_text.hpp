// The terminal report of a sweep: a row per point, and with two axes one figure as a grid. Only layout.
#pragma once

#include <string>

#include "analysis/report/sweep_table.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// Ends in a newline. Of very many points the first ones; the file has all.
std::string render_text(const SweepTable& table, const text::TextStyle& style);

}  // namespace portdrought::report
