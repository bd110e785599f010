// What the script draws from: the charts of every section as JSON, numbers packed (columns.hpp). Words that stand in
// the page anyway are not repeated.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::html {

/// A curve wider than this many places shows no more on a screen.
inline constexpr std::size_t most_places = 750;

/// Fit for a script element.
std::string chart_data(const report::Report& report);

}  // namespace portdrought::html
