// The charts of a section, for the forms that draw. Pure.
#pragma once

#include <cstddef>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// Of what the section holds: runs, knees, engines or a sweep. `sections` share a page, and the values on it.
charts::Charts charts_of(const Section& section, std::size_t sections = 1);

}  // namespace portdrought::report
