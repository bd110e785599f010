// Loss under random arrivals: what a pool of ports refuses although it suffices on average. The pool is Erlang's loss
// system M/G/c/c: Poisson arrivals, c pairs, any distribution of residence times (only its mean counts), a full pool
// refuses at once. The search for a free pair must be exhaustive, as connect()'s is, and who is refused must not come
// back at once. Sources and arithmetic: docs/laws.md. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"

namespace portdrought::laws {

/// The share (0..1) of attempts refused in the long run, at `offered` pairs wanted on average (little()). 1 without
/// any pair, 0 without any load.
double erlang_b(double offered, std::uint64_t pairs);

/// Pairs busy on average: what is offered and not refused.
double carried_load(double offered, std::uint64_t pairs);

/// Mean of max(N - limit, 0) where N is Poisson distributed: attempts refused while nothing has come back yet.
double poisson_excess(double mean, std::uint64_t limit);

/// Attempts refused on average within `duration` from an empty pool, at random arrivals and constant residence.
double expected_failures(std::uint64_t capacity, core::Rate rate, core::Duration residence, core::Duration duration);

/// The rate, per second, at which expected_failures() reaches `failures`. Infinite where no pair stays taken.
double rate_of_failures(std::uint64_t capacity, core::Duration residence, core::Duration duration, double failures = 1);

}  // namespace portdrought::laws
