// What a diagnosis may look at: figures that any host could show (errors by call, the socket table, kernel counters,
// latencies). Nothing of the scenario is among them, so no setting can give its own consequence away. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "core/outcome.hpp"
#include "core/units.hpp"
#include "record/run_record.hpp"

namespace portdrought::diagnose {

/// What lets connect() take pairs in TIME_WAIT over, by net.ipv4.tcp_tw_reuse as it was read back. Where it is off,
/// only a port that is bound with SO_REUSEADDR is taken over (inet_hashtables.c, __inet_check_established()).
enum class Reuse : std::uint8_t { unknown, bound_port, tw_reuse, loopback };

/// Trials in which old segments met a new connection or TIME_WAIT, and what they did; none: zeros.
struct OldData {
    std::uint64_t trials = 0, accepted = 0, ended_connection = 0, ended_time_wait = 0;
};

/// What a NAT on the way reports of itself, as the metrics of a gateway do; zeros where there is none.
struct NatState {
    std::uint64_t dropped = 0;  // SYNs for want of a port, those sent again included
    std::uint64_t peak = 0;     // most ports taken at one time, towards all destinations
    std::uint64_t holds = 0;    // flows towards one destination
    std::optional<double> first_drop_s;
};

struct Observed {
    using Count = std::optional<std::uint64_t>;  // absent: not counted on this host

    std::uint64_t attempts = 0, connected = 0;
    core::OutcomeCounts outcomes;
    std::uint64_t descriptor_errors = 0;   // calls that failed with EMFILE or ENFILE, accept() among them
    std::uint64_t relay_without_port = 0;  // failed calls of a relay's outbound leg

    std::uint64_t capacity = 0;  // pairs connect() can choose from
    Count min_free;
    double wanted = 0;         // pairs that connections of this rate keep busy, each for a whole TIME_WAIT
    std::uint64_t in_use = 0;  // most pairs that connections were seen to take at one time, whatever their state
    std::uint64_t time_wait_client = 0, time_wait_server = 0;  // peaks
    std::uint64_t fin_wait_2 = 0, open = 0;                    // peaks
    Count bound;                                               // ports of sockets that are bound and never connected
    std::uint64_t self_connects = 0;

    Count syns_again, listen_overflows, request_queue_drops, reused_early, skipped_time_wait;
    NatState nat;
    Reuse reuse = Reuse::unknown;
    std::uint64_t transfers_cut = 0, bytes_lost = 0, resets_at_peer = 0;  // what the passive side lost
    OldData old_data;
    std::optional<double> cpu_share;  // CPU time of the generator per real time of the run; 1 for each busy worker
    core::Duration connect_p10{0}, connect_p95{0}, connect_p99{0}, connect_max{0};
    std::uint64_t descriptor_limit = 0;
    bool valid = true;
    bool modelled = false;  // there was no kernel to ask

    std::uint64_t count(core::Outcome outcome) const { return outcomes[outcome]; }
    /// Attempts that were made and failed, for whatever reason.
    std::uint64_t failed() const;
    /// What `failed()` consists of most; Outcome::ok where nothing failed. The two ways to find no port count as one,
    /// no_port_connect.
    core::Outcome most_failed() const;
    /// connect() waited for SYNs that were sent again in more than one of a hundred of `tries`, or until its time was
    /// over.
    bool connects_stalled(std::uint64_t tries) const;
};

Observed observe(const record::RunRecord& record);

}  // namespace portdrought::diagnose
