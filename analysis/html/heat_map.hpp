// A sweep's figure over two axes as a drawing that needs no script: a cell per point, a line where failures begin
// between points that were both measured, and the same as a table. What the sweep has to be known by stands above it.
#pragma once

#include <cstddef>
#include <string>

#include "analysis/charts/chart.hpp"

namespace portdrought::html {

/// Of charts.maps the one at `index`, which exists; `id` is unique in the page.
std::string heat_map(const charts::Charts& charts, std::size_t index, const std::string& id);

}  // namespace portdrought::html
