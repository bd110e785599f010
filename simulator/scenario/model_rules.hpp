// Rules about what only the model can play, and about what it can hold in memory. Part of rules.hpp.
#pragma once

#include <vector>

#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// Every broken rule of these, in the order of the rules.
std::vector<Finding> model_findings(const Scenario& scenario);

}  // namespace portdrought::scenario
