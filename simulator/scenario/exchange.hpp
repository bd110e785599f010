// What a scenario asks of the shared brain (core): which attempts are offered, what travels over their connections,
// which of those a pool keeps. Every engine takes these from here, so that they play the same load.
#pragma once

#include "core/connection_cycle.hpp"
#include "core/offer.hpp"
#include "core/pool.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

// `real_time`: a valid scenario, already compressed (compress.hpp).

core::OfferPlan offer_plan(const Scenario& real_time);
core::PoolLimits pool_limits(const Scenario& real_time);

/// Of the generator's connections.
core::Exchange exchange_of(const Scenario& real_time);
/// Of the relay's outbound ones, given exchange_of() its scenario: the origin answers and closes first, as an HTTP/1.0
/// server does.
core::Exchange upstream_of(core::Exchange exchange);

}  // namespace portdrought::scenario
