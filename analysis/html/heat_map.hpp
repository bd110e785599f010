// A sweep's figure over two axes as a drawing that needs no script: a cell per point, a line where failures begin, and
// the same as a table.
#pragma once

#include <string>

#include "analysis/charts/chart.hpp"

namespace portdrought::html {

/// `id` is unique in the page.
std::string heat_map(const charts::HeatMap& map, const std::string& id);

}  // namespace portdrought::html
