// A chart as the page has it without any script: heading, a frame per panel with its badges, what is to be seen in
// words, and some of the figures as a table. The script adds the drawing.
#pragma once

#include <cstddef>
#include <string>

#include "analysis/charts/chart.hpp"

namespace portdrought::html {

/// `section` and `index` are the chart's place in the page, by which the script finds it.
std::string chart_figure(const charts::Charts& charts, std::size_t section, std::size_t index);

}  // namespace portdrought::html
