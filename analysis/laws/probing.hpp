// How long the search for a free port takes, and what it costs: the Linux kernel's two walks in connect(), and searches
// that give up after so many tries, as NATs do. Constants are this project's measurements (docs/laws.md), not the
// kernel's; pass others where they differ. Pure.
#pragma once

#include <cstdint>

#include "core/costs.hpp"
#include "core/units.hpp"

namespace portdrought::laws {

/// Share (0..1) of attempts that find no free port in `tries` independent random ones, with the share `occupied` of
/// all ports taken: occupied^tries. Runs of neighbouring ports that are taken together make it worse.
double bounded_probing_failure(double occupied, std::uint32_t tries);

/// The share (0..1) of ports taken at which `failing` of the attempts find none: failing^(1 / tries).
double occupancy_at_failure(double failing, std::uint32_t tries);

/// Tries until one is free, on average: 1 / (1 - occupied). Infinite at 1.
double mean_random_probes(double occupied);

/// connect() looks at all ports of one parity before any of the other (__inet_hash_connect(), Linux 4.6 to 7.0,
/// without IP_LOCAL_PORT_RANGE). `taken` of `ports`, of which `first_half` have the parity that is tried first.
struct Search {
    std::uint64_t ports = 0, first_half = 0;
};

/// Ports looked at while the pool fills and none has come back: 1 in the first half; all of the first half and one more
/// in the second; all ports when all are taken.
double probes_while_filling(const Search& search, double taken);

/// The mean once as many come back as are taken: a port of the first half that has come back lies just ahead, because
/// ports come back in the order they were taken; only when one of the second half has come back is there a whole walk.
double probes_in_steady_state(const Search& search, double taken);

/// The share (0..1) of connects with a whole walk, in steady state: (taken - first half) / taken.
double share_of_walks(const Search& search, double taken);

/// CPU of walking past `probes` ports in TIME_WAIT, in a pool of `ports`.
core::Duration walk_time(double probes, std::uint64_t ports, const core::Costs& cost = {});

}  // namespace portdrought::laws
