// What a scenario asks of the shared brain (core): which attempts are offered, what travels over their connections,
// which of those a pool keeps. Every engine takes these from here, so that they play the same load.
#pragma once

#include "core/connection_cycle.hpp"
#include "core/hold_times.hpp"
#include "core/offer.hpp"
#include "core/pool.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

// `real_time`: a valid scenario, already compressed (compress.hpp).

core::ArrivalPlan arrival_plan(const Load& load);
core::OfferPlan offer_plan(const Scenario& real_time);
core::PoolLimits pool_limits(const Scenario& real_time);

/// How long `side` holds its connections before it closes them, where it is the one that closes.
core::HoldTimes hold_times(const Scenario& real_time, core::Side side, unsigned share);
core::Duration longest_hold(const Load& load);

/// Of the generator's connections; with a hold that varies each has one of hold_times() instead.
core::Exchange exchange_of(const Scenario& real_time);
/// Of the relay's outbound ones, given exchange_of() its scenario: the origin answers and closes first, as an HTTP/1.0
/// server does.
core::Exchange upstream_of(core::Exchange exchange);

}  // namespace portdrought::scenario
