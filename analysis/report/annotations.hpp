// Checks as workflow commands of GitHub Actions: an annotation per expectation that does not hold, at its place in the
// scenario's file.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/check.hpp"

namespace portdrought::report {

/// A line each; nothing where everything holds. No line can be anything but the annotation it is meant to be, whatever
/// a scenario or record says.
std::string annotations(const std::vector<Check>& checks);

}  // namespace portdrought::report
