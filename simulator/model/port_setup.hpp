// What the ports of a modelled host are when it starts: which search it has, and which ports nobody has. Pure.
#pragma once

#include <cstdint>

#include "model/port_bits.hpp"
#include "model/search/port_search.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

// `real_time`: a valid scenario, already compressed.

/// Pairs of one host: sources x (destinations, and the upstreams of relays).
std::uint32_t tuples_of(const scenario::Scenario& real_time);

SearchSetup search_setup(const scenario::Scenario& real_time);

/// By slot: neither reserved nor taken by one of the sockets that are bound and never connect. `setup` is the host's.
PortBits free_ports(const SearchSetup& setup, const scenario::Host& host);

}  // namespace portdrought::model
