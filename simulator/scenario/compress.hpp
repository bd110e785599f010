// Time compression: what a scenario asks for in scenario time, as the engine must do it in real time.
#pragma once

#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// The same scenario in real time with time_scale 1: durations divided by lab.time_scale, rates multiplied by it.
/// Not compressed, because the kernel's own clocks are not: load.timeout, load.linger, lab.sample, server.read_delay.
Scenario compress(const Scenario& scenario);

}  // namespace portdrought::scenario
