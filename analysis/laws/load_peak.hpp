// What a load offers at its worst: bursts, a daily curve or a trace bring more within one residence time than their
// mean says, and it is that which has to fit. Scenario time. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::laws {

/// The load's rate changes over time, beyond chance.
bool varies(const scenario::Load& load);

/// How many attempts come at most within any `window` of the load's duration, for each attempt per second of its mean:
/// the window itself, in seconds, where the rate never changes. Of random arrivals the mean.
double worst_window_s(const scenario::Load& load, core::Duration window);

/// Places taken at most of a load with the mean `rate`, each for `residence`; what load.admission cuts off is not
/// there.
double pairs_at_most(const scenario::Load& load, core::Rate rate, core::Duration residence);

/// From empty, with the load's course over time at the mean `rate`: when `capacity` places are taken that each come
/// back after `residence`. Absent when they never are.
std::optional<core::Duration> time_to_fill(const scenario::Load& load, std::uint64_t capacity, core::Rate rate,
                                           core::Duration residence);

/// One whole course of the load: on and off, a day, the trace; none where the rate never changes.
core::Duration period_of(const scenario::Load& load);

}  // namespace portdrought::laws
