// The rules about ports and addresses: what connect() may take, where servers listen. A part of rules.hpp.
#pragma once

#include <vector>

#include "scenario/rules.hpp"

namespace portdrought::scenario {

/// Every broken rule of this part, in the order of its rules.
std::vector<Finding> port_findings(const Scenario& scenario);

}  // namespace portdrought::scenario
