// Who keeps a port taken after its connection has ended, and for how long, by the settings alone: on the connecting
// host and in a NAT. All in scenario time. Pure.
#pragma once

#include <cstdint>

#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// Why the connecting side's port stays taken after its connection has ended.
enum class Holding : std::uint8_t {
    time_wait,    // the client closed first and waits out TIME-WAIT
    reuse_delay,  // the same, but tw_reuse lets connect() take the pair back earlier
    bound_reuse,  // the same, but bind() under SO_REUSEADDR lets connect() take the pair back at once
    fin_wait_2,   // the client closed first and the peer never answers: until fin_timeout
    bound_port,   // as time_wait, and bind() takes the port from every destination
    server_side,  // the server closed first: it holds TIME-WAIT, where a fresh SYN may take the pair over
    by_reset,     // RST by SO_LINGER {1,0} of either side or by data left unread: no TIME-WAIT anywhere
    never_closed  // nobody closes: the pair is taken until the run ends
};

Holding holding_of(const Scenario& scenario);

/// What stands for "never again": no run lasts as long.
inline constexpr core::Duration endless = core::Duration::max() / 2;

/// How long the connecting host keeps the port after the close; `endless` for never_closed.
core::Duration host_holds_for(const Scenario& scenario, Holding holding);

/// How long the NAT keeps the port after the close, by how the connection ends. `endless` where the NAT never sees both
/// FINs. None where late tries evict closed flows (nat.evicts).
core::Duration nat_holds_for(const Nat& nat, Holding holding);

/// Between connect and close, on average: hold and read delay.
core::Duration time_open(const Scenario& scenario);

/// tw_reuse works only with timestamps, not where bind() takes the port, and as "loopback" only towards 127/8 and ::1.
bool reuse_is_effective(const Scenario& scenario);

/// True where the pool leaves every response unread, and so opens a connection per request that ends by RST.
bool leaves_responses_unread(const Scenario& scenario);

}  // namespace portdrought::scenario
