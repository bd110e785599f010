// The rules about how connections close: which settings of one side leave the other nothing to do. A part of rules.hpp.
#pragma once

#include <vector>

#include "scenario/rules.hpp"

namespace portdrought::scenario {

/// Every broken rule of this part, in the order of its rules.
std::vector<Finding> close_findings(const Scenario& scenario);

}  // namespace portdrought::scenario
