// TIME_WAIT of one run as a line the size of a word, for tables.
#pragma once

#include <string>

#include "analysis/report/summary.hpp"

namespace portdrought::html {

/// The dashed line is trace.top, which the trace's caption names.
std::string trend(const report::Trace& trace);

}  // namespace portdrought::html
