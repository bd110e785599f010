// Where a scenario leaves nothing to chance, so that two engines have to see the same peaks to the last pair. Pure.
#pragma once

#include "scenario/scenario.hpp"

namespace portdrought::agreement {

/// When attempts come, or how long they last, is drawn from the seed: the same for both engines.
bool has_a_drawn_load(const scenario::Scenario& scenario);

/// How many pairs there are at most follows from the scenario alone: attempts come at constant distances, a pair that
/// is left behind outlasts the load or there are more of them than ports, and neither the choice of a port, nor its
/// reuse, nor a lost SYN, nor what was idle just then decides how many are taken.
bool is_deterministic(const scenario::Scenario& scenario);

}  // namespace portdrought::agreement
