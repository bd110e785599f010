// What the keys of [load] that say when attempts come and how long connections are held must agree on.
#pragma once

#include <vector>

#include "scenario/rules.hpp"

namespace portdrought::scenario {

std::vector<Finding> load_findings(const Scenario& scenario);

}  // namespace portdrought::scenario
