// The figures of all variants of a section beside each other, with the course of TIME_WAIT as a line.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::html {

/// Empty for a section without runs.
std::string summary_table(const report::Section& section, std::size_t index);

}  // namespace portdrought::html
