// What single commands found out besides: expectations held or not, the three knees, how far model and kernel agree.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::html {

/// Empty where the section has none of them.
std::string findings_of(const report::Section& section);

}  // namespace portdrought::html
