// TIME_WAIT of one run as a line the size of a word, for tables.
#pragma once

#include <string>

#include "analysis/report/summary.hpp"

namespace portdrought::html {

/// `capacity` is the height of the dashed line, if that is more than the trace needs: all lines of a table are set
/// against their own ports.
std::string trend(const report::Trace& trace, double capacity);

}  // namespace portdrought::html
