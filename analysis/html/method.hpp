// How it was measured: method, environment, what is to be said against it, the scenario, and how to do it again.
#pragma once

#include <cstddef>
#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::html {

/// Of one section.
std::string method_of(const report::Section& section, std::size_t index);

/// What to type; of the whole page.
std::string how_to_repeat(const report::Report& report);

}  // namespace portdrought::html
