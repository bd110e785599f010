// Which one cause explains what was observed: rules in order, the first that fits wins. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "analysis/diagnose/observed.hpp"

namespace portdrought::diagnose {

enum class Cause : std::uint8_t {
    // Exhaustion: connections that are, or were, the client's own take the ports.
    client_time_wait,     // TIME_WAIT on the client's side took every pair
    bind_before_connect,  // bind() found no port of the address
    open_connections,     // connections that are still open took every pair
    fin_wait_2_ports,     // half-closed connections that nobody answers took every pair
    relay_ports,          // the relay's outbound leg found no port
    nat_ports,            // a NAT on the way had no port left and dropped SYNs; the client had ports
    hidden_by_reuse,      // it would have come, but tw_reuse gave pairs back early
    hidden_by_limit,      // it would have come, but closes skipped TIME_WAIT at the limit of entries
    slow_search,          // no failure yet, but connect() searches past half occupancy
    nearly,               // no failure yet, but fewer than a tenth of the pairs were free
    // Look-alikes: something else, with symptoms that are taken for it.
    self_connect,        // a connection whose two ends are one socket
    bound_sockets,       // ports held by sockets that are bound and never connected
    unseen_holder,       // ports held by something that the table of sockets does not show
    syns_dropped,        // SYNs vanish on the way: connection tracking or NAT is full
    descriptor_limit,    // EMFILE
    backlog_overflow,    // nobody accepts fast enough
    fin_wait_2_pile_up,  // half-closed connections pile up, ports last so far
    refused,             // nobody listens
    silent_peer,         // the connection was made, the answer never came
    reset_by_peer,
    cut_short,
    no_memory,
    other_error,
    generator_too_slow,  // attempts were never started
    // Ports did not run out and no attempt failed, but the other side, or a later connection, was harmed.
    data_lost,        // transfers were cut
    old_data,         // segments of an old connection reached a new one or ended TIME_WAIT
    closed_by_reset,  // connections ended by RST, without TIME_WAIT; no byte was missed
    // Neither.
    nothing_wrong,
    nothing_attempted
};

enum class Family : std::uint8_t { exhaustion, look_alike, none };

/// As in JSON: "client_time_wait"; "exhaustion", "look_alike", "none".
std::string_view name(Cause cause);
std::string_view name(Family family);
Family family(Cause cause);

Cause cause_of(const Observed& seen);

}  // namespace portdrought::diagnose
