// Which addresses the two sides of a scenario have. All of 127.0.0.0/8 is there by itself; in IPv6 only ::1 is, and the
// lab adds the others, all from fd00::/64 (a unique local prefix, RFC 4193).
#pragma once

#include <cstdint>
#include <vector>

#include "core/address.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// A host of 127.0.0.0/8, ::1, or an address of fd00::/64: what a server may have.
bool is_server_address(const core::Address& address);

/// The text of server.address or server.upstream_address, which the key table has checked; "::" for any other text.
core::Address address_of(const std::string& text);

bool is_ipv6(const Scenario& scenario);

/// From 127.0.0.1 or fd00::1 upwards; ::1 where a server on ::1 has one source. `index` < host.sources.
core::Address source_address(const Scenario& scenario, std::uint32_t index);

/// Pairs of address and port that connections go to, each with ports of its own.
std::uint32_t destination_count(const Host& host);

/// What the lab has to add to lo, each once; nothing in IPv4.
std::vector<core::Address> addresses_to_add(const Scenario& scenario);

/// connect() takes pairs over from TIME-WAIT: tw_reuse reaches them, and there are timestamps. "loopback" reaches
/// 127.0.0.0/8 and ::1 only, other addresses not even on lo (net/ipv4/tcp_ipv4.c, tcp_twsk_unique()).
bool tw_reuse_works(const Scenario& scenario);

}  // namespace portdrought::scenario
