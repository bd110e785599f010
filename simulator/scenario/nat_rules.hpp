// Rules about what the keys of a NAT must agree on. Part of rules.hpp.
#pragma once

#include <vector>

#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// Every broken rule of these, in the order of the rules.
std::vector<Finding> nat_findings(const Scenario& scenario);

}  // namespace portdrought::scenario
