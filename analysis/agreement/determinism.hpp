// Where a scenario leaves nothing to chance, so that two engines have to see the same peaks to the last pair. Pure.
#pragma once

#include "scenario/scenario.hpp"

namespace portdrought::agreement {

/// How many pairs there are at most follows from the scenario alone: attempts come at constant distances, a pair that
/// is left behind outlasts the load or there are more of them than ports, and neither the choice of a port, nor its
/// reuse, nor a lost SYN, nor what was idle just then decides how many are taken.
bool is_deterministic(const scenario::Scenario& scenario);

}  // namespace portdrought::agreement
