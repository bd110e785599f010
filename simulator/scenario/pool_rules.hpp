// The rules of the client's pool: what an attempt is where connections outlive it, and who closes them. A part of
// rules.hpp.
#pragma once

#include <vector>

#include "scenario/rules.hpp"

namespace portdrought::scenario {

/// Every broken rule of this part, in the order of its rules.
std::vector<Finding> pool_findings(const Scenario& scenario);

}  // namespace portdrought::scenario
