#include "analysis/diagnose/diagnosis.hpp"

#include "analysis/diagnose/evidence.hpp"

namespace portdrought::diagnose {
namespace {

constexpr double busy = 0.9;  // of a CPU: a worker that uses more has no time left

/// The first harm of this kind.
std::string worst(Cause cause, const Observed& o) {
    for (const Harm& harm : harms(o))
        if (harm.of == cause) return harm.words;
    return {};
}

std::string headline(Cause cause, const Observed& o) {
    switch (cause) {
        case Cause::client_time_wait: return "Port exhaustion: TIME_WAIT on the client's side took every pair.";
        case Cause::bind_before_connect:
            return "Port exhaustion in bind(): the address ran out of ports, whatever the destination.";
        case Cause::open_connections: return "Port exhaustion: connections that are still open took every pair.";
        case Cause::fin_wait_2_ports:
            return "Port exhaustion: half-closed connections (FIN_WAIT_2) whose peer never closes took every pair.";
        case Cause::relay_ports: return "Port exhaustion of the relay: its outbound connections found no port.";
        case Cause::nat_ports:
            return "Port exhaustion of the NAT: it is out of ports and drops the SYNs of new connections.";
        case Cause::hidden_by_reuse:
            return o.reuse == Reuse::bound_port
                       ? "Hidden port exhaustion: nothing failed only because ports bound with SO_REUSEADDR were taken "
                         "over from TIME_WAIT."
                   : o.reuse == Reuse::unknown
                       ? "Hidden port exhaustion: nothing failed only because pairs were taken over from TIME_WAIT."
                       : "Hidden port exhaustion: nothing failed only because tw_reuse gave pairs back before their "
                         "time.";
        case Cause::hidden_by_limit:
            return "Hidden port exhaustion: nothing failed only because closes skipped TIME_WAIT at the limit of "
                   "entries.";
        case Cause::slow_search:
            return "Port exhaustion in the making: nothing failed, but past half of the ports every connect() searches "
                   "long.";
        case Cause::nearly:
            return "Close to port exhaustion: nothing failed, but fewer than a tenth of the pairs were free.";
        case Cause::self_connect:
            return "Not exhaustion: a connection met itself. Nobody listened, and the kernel took the destination's "
                   "own "
                   "port as source port.";
        case Cause::bound_sockets:
            return "Looks like exhaustion by connections, but sockets that are bound and never connected hold the "
                   "ports.";
        case Cause::unseen_holder:
            return "Looks like exhaustion by connections, but most ports are held by something that no list of sockets "
                   "shows.";
        case Cause::syns_dropped:
            return "Not exhaustion: SYNs get no answer, as with a full connection-tracking or NAT table on the way, or "
                   "a lossy path.";
        case Cause::descriptor_limit: return "Not exhaustion of ports: the process ran out of descriptors.";
        case Cause::backlog_overflow:
            return "Not exhaustion: the server's backlog is full, because nobody accepts in time.";
        case Cause::fin_wait_2_pile_up:
            return "Not exhaustion yet: half-closed connections (FIN_WAIT_2) pile up, because the peer never closes.";
        case Cause::refused: return "Not exhaustion: nobody listens there.";
        case Cause::silent_peer: return "Not exhaustion: connections were made, and the answer never came.";
        case Cause::reset_by_peer: return "Not exhaustion: the peer reset connections.";
        case Cause::cut_short: return "Not exhaustion: the peer closed before its whole response was there.";
        case Cause::no_memory: return "Not exhaustion of ports: the kernel had no memory for sockets.";
        case Cause::other_error: return "Not exhaustion: another error, named in the record.";
        case Cause::generator_too_slow:
            return "Not exhaustion: attempts were never started, because all slots for them (load.in_flight) were "
                   "taken.";
        case Cause::data_lost:
        case Cause::old_data:
        case Cause::closed_by_reset: return "Ports did not run out, but " + worst(cause, o) + ".";
        case Cause::nothing_wrong: return "Nothing wrong: no attempt failed, and ports were left.";
        case Cause::nothing_attempted: return "Nothing to diagnose: nothing was attempted.";
    }
    return {};
}

std::string_view next_of_reuse(Reuse reuse) {
    switch (reuse) {
        case Reuse::loopback:
            return "Do not take this for the behaviour between machines: with tcp_tw_reuse = 2, the default, only "
                   "loopback is helped. Run again with it off.";
        case Reuse::tw_reuse:
            return "It lasts as long as tcp_tw_reuse = 1 stays and both ends use timestamps. Run again with it off to "
                   "see what it hides, and open fewer connections.";
        case Reuse::bound_port:
            return "It lasts as long as ports are bound with SO_REUSEADDR and both ends use timestamps: only they keep "
                   "old data out. Run again without SO_REUSEADDR to see what it hides, and open fewer connections.";
        case Reuse::unknown: break;
    }
    return "Read net.ipv4.tcp_tw_reuse: 2 helps loopback alone; at 0 the ports were bound with SO_REUSEADDR. Run again "
           "without it.";
}

std::string_view next(Cause cause, const Observed& o) {
    switch (cause) {
        case Cause::client_time_wait:
            return "Open fewer connections: reuse them (keep-alive, a pool), or let the server close first. More "
                   "destinations, source addresses or a wider port range buy time in proportion.";
        case Cause::bind_before_connect:
            return "Leave the port to connect(): IP_BIND_ADDRESS_NO_PORT, or no bind(). Then each destination has a "
                   "pool of "
                   "its own.";
        case Cause::open_connections:
            return "Close what is not used, share connections, or spread them over more destinations or source "
                   "addresses. "
                   "Nothing about TIME_WAIT helps here.";
        case Cause::fin_wait_2_ports:
        case Cause::fin_wait_2_pile_up:
            return "Repair the peer: it reads the end of the stream and does not close (its sockets stand in "
                   "CLOSE_WAIT). "
                   "tcp_fin_timeout shortens this state, and only this one.";
        case Cause::relay_ports: return "Keep the relay's upstream connections alive, or let the upstream close first.";
        case Cause::nat_ports:
            return "Open fewer connections (keep-alive, a pool): the NAT keeps the port of a closed one for a "
                   "time of its own, whichever side closed. More public addresses, more ports for each host, more "
                   "destinations, or a "
                   "shorter time after the close buy time in proportion; what goes past the NAT needs none of its "
                   "ports. More ports on the client do not help.";
        case Cause::hidden_by_reuse: return next_of_reuse(o.reuse);
        case Cause::hidden_by_limit:
            return "Raise tcp_max_tw_buckets again: what it saves is the protection of TIME-WAIT. Reuse connections "
                   "instead.";
        case Cause::slow_search:
            return "Use fewer ports at a time, or give the search less to walk: a port window for each socket "
                   "(IP_LOCAL_PORT_RANGE), more destinations, connections that are used again.";
        case Cause::nearly: return "Leave room: the next burst finds no port. Reuse connections or widen the range.";
        case Cause::self_connect:
            return "Keep services out of the ephemeral range (ip_local_port_range, ip_local_reserved_ports), and start "
                   "them "
                   "before their clients try again and again.";
        case Cause::bound_sockets:
            return "Find the sockets that are bound and not connected and close or connect them; bind with "
                   "IP_BIND_ADDRESS_NO_PORT. From Linux 6.8 and iproute2 6.8 on, ss -tan state bound-inactive lists "
                   "them; without these, look for sockets among a process's descriptors (ls -l /proc/PID/fd) that "
                   "ss -tanp does not show.";
        case Cause::unseen_holder:
            return "Compare the range that the program may use with the host's (IP_LOCAL_PORT_RANGE, reserved ports, "
                   "listeners inside the range).";
        case Cause::syns_dropped:
            return "Look at the tables on the way: nf_conntrack_count against nf_conntrack_max, \"table full\" in the "
                   "kernel's log, the NAT gateway's dropped connections.";
        case Cause::descriptor_limit:
            return "Look for descriptors that are never closed; if all are needed, raise the limit the program runs "
                   "with (ulimit -n, LimitNOFILE; in a scenario lab.descriptors).";
        case Cause::backlog_overflow:
            return "Make the server accept: more or faster accept loops; then a longer backlog (listen(), "
                   "net.core.somaxconn) for bursts.";
        case Cause::refused: return "Start the server, or correct the address and port.";
        case Cause::silent_peer: return "Look at the server: it has the connection and does not answer in time.";
        case Cause::reset_by_peer:
            return "Look at the server: it died, closed with unread data or used SO_LINGER {1,0}.";
        case Cause::cut_short: return "Look at the server: it gave up in the middle of its response.";
        case Cause::no_memory:
            return "Look at tcp_mem, the memory limits of the process and the machine's free memory.";
        case Cause::other_error: return "Look up the error that the record names under errors.";
        case Cause::generator_too_slow:
            if (!o.cpu_share)
                return "Raise load.in_flight, or let attempts take less time (load.hold, load.timeout), or lower the "
                       "rate.";
            return *o.cpu_share >= busy
                       ? "Lower the rate, or add workers (load.workers) if those there are have no CPU "
                         "time left: attempts kept their slots (load.in_flight) for long."
                       : "Raise load.in_flight, or let attempts take less time (load.hold, "
                         "load.timeout), or lower the rate. More workers do not help: the CPU had "
                         "time left.";
        case Cause::data_lost:
            return "Find the side that ends connections while the other is owed data: close() with SO_LINGER {1,0} or "
                   "with unread data sends RST, which discards what is under way. Shut down, read to the end, then "
                   "close.";
        case Cause::old_data:
            return "Let pairs stay in TIME_WAIT for their whole time, keep TCP timestamps on at both ends, and set "
                   "tcp_rfc1337 = 1 where stale segments end TIME_WAIT.";
        case Cause::closed_by_reset:
            return "End connections with FIN where you can (no SO_LINGER {1,0}, no unread data at close()): RST "
                   "discards "
                   "what is under way and leaves no TIME_WAIT to keep old segments out.";
        case Cause::nothing_wrong: return "Nothing to do at this load.";
        case Cause::nothing_attempted: return "Run longer, or at a higher rate.";
    }
    return {};
}

}  // namespace

Diagnosis diagnose(const record::RunRecord& record) {
    const Observed seen = observe(record);
    const Cause cause = cause_of(seen);
    return {cause,
            headline(cause, seen),
            deciding(cause, seen),
            contrary(cause, seen),
            excluded(cause, seen),
            std::string(next(cause, seen))};
}

}  // namespace portdrought::diagnose
