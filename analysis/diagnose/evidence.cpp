#include "analysis/diagnose/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/numbers.hpp"

namespace portdrought::diagnose {
namespace {

using core::Outcome;
using Lines = std::vector<std::string>;
using text::counted;
using text::thousands;

std::string known(const Observed::Count& count) { return count ? thousands(*count) : std::string{"not counted"}; }

std::string of_attempts(std::uint64_t count, const Observed& o) {
    return fmt::format("{} of {}", thousands(count), counted(o.attempts, "attempt"));
}

std::string of_pairs(std::uint64_t count, const Observed& o) {
    return fmt::format("{} of {}", thousands(count), counted(o.capacity, "pair"));
}

std::string without_port(const Observed& o) {
    const std::uint64_t by_bind = o.count(Outcome::no_port_bind), by_connect = o.count(Outcome::no_port_connect);
    if (by_bind == 0) return fmt::format("EADDRNOTAVAIL from connect() in {}", of_attempts(by_connect, o));
    if (by_connect == 0) return fmt::format("no port from bind() in {}", of_attempts(by_bind, o));
    return fmt::format("no port from bind() in {}, from connect() in {}", of_attempts(by_bind, o),
                       thousands(by_connect));
}

std::string in_use(const Observed& o) { return fmt::format("connections took {} at most", of_pairs(o.in_use, o)); }

std::string free_ports(const Observed& o) {
    if (!o.min_free) return "how many pairs were free was not counted";
    return fmt::format("at worst {} were free", of_pairs(*o.min_free, o));
}

std::string stalls(const Observed& o) {
    return fmt::format("SYNs and SYN-ACKs sent again (TCPSynRetrans): {}; each waits a second or more",
                       known(o.syns_again));
}

std::string slowest(const Observed& o) {
    return fmt::format("the slowest connect() took {}", text::latency(o.connect_max));
}

std::string overflows(const Observed& o) {
    return fmt::format("handshakes that found the accept queue full (ListenOverflows): {}", known(o.listen_overflows));
}

std::string waiting(const Observed& o) {
    return fmt::format("TIME_WAIT on the client's side peaked at {}", of_pairs(o.time_wait_client, o));
}

std::string half_closed(const Observed& o) {
    return fmt::format("FIN_WAIT_2 peaked at {} of {}: this side closed and the peer did not", thousands(o.fin_wait_2),
                       counted(o.connected, "connection"));
}

std::string never_connected(const Observed& o) {
    const std::uint64_t never = o.attempts > o.connected ? o.attempts - o.connected : 0;
    return fmt::format("{} timed out; {} never connected", of_attempts(o.count(Outcome::timeout), o), thousands(never));
}

std::string nat_drops(const Observed& o) {
    std::string words = fmt::format("the NAT dropped {} for want of a port", counted(o.nat.dropped, "SYN"));
    if (o.nat.first_drop_s) words += ", the first after " + text::seconds(*o.nat.first_drop_s);
    return words;
}

std::string nat_ports_taken(const Observed& o) {
    return fmt::format(
        "of its ports up to {} were taken, those of closed connections included; it holds {} towards one "
        "destination",
        thousands(o.nat.peak), counted(o.nat.holds, "flow"));
}

std::string bound_ports(const Observed& o) {
    if (!o.bound && o.modelled) return "sockets that are bound and never connected were not counted";
    if (!o.bound) return "this kernel does not list sockets that are bound and never connected (6.8 and newer do)";
    return fmt::format("sockets that are bound and never connected hold {}", counted(*o.bound, "port"));
}

std::string plain(const char* what, Outcome outcome, const Observed& o) {
    return fmt::format("{} in {}", what, of_attempts(o.count(outcome), o));
}

std::string without_slot(const Observed& o) {
    return plain("all slots (load.in_flight) were taken when it was due", Outcome::late, o);
}

std::string cpu_used(const Observed& o) {
    if (!o.cpu_share) return "how busy the generator was is not known";
    return fmt::format("the generator used {:.0f} % of one CPU", *o.cpu_share * 100);
}

Lines of_cliff(const Observed& o) {
    return {in_use(o), fmt::format("connect() took {} or less in one of ten, {} or more in one of a hundred",
                                   text::latency(o.connect_p10), text::latency(o.connect_p99))};
}

std::string what_failed(Outcome outcome) {
    switch (outcome) {
        case Outcome::no_port_connect: return "found no port";
        case Outcome::no_port_bind: return "found no port to bind";
        case Outcome::refused: return "were refused";
        case Outcome::reset: return "were reset";
        case Outcome::timeout: return "timed out";
        case Outcome::fd_limit: return "found no descriptor";
        case Outcome::no_memory: return "found no memory";
        case Outcome::cut_short: return "were cut short";
        default: return "failed otherwise";
    }
}

/// "20 of 20 trials"
std::string of_trials(std::uint64_t count, const Observed& o) {
    return fmt::format("{} of {}", thousands(count), counted(o.old_data.trials, "trial"));
}

Lines harms_of(Cause cause, const Observed& o) {
    Lines lines;
    for (const Harm& harm : harms(o))
        if (harm.of == cause) lines.push_back(harm.words);
    return lines;
}

std::string reused(const Observed& o) {
    const std::string pairs = counted(o.reused_early.value_or(0), "pair");
    switch (o.reuse) {
        case Reuse::bound_port:
            return "ports bound with SO_REUSEADDR took " + pairs + " over from TIME_WAIT (tcp_tw_reuse is 0)";
        case Reuse::tw_reuse: return "tw_reuse (tcp_tw_reuse = 1) gave " + pairs + " back early";
        case Reuse::loopback: return "tw_reuse (tcp_tw_reuse = 2, loopback alone) gave " + pairs + " back early";
        case Reuse::unknown: break;
    }
    return pairs + " in TIME_WAIT were taken over early";
}

bool speaks_of_stalls(Cause cause) {
    return cause == Cause::syns_dropped || cause == Cause::backlog_overflow || cause == Cause::silent_peer ||
           cause == Cause::nat_ports;
}

bool explains(Cause cause, Cause harm) { return cause == Cause::reset_by_peer && harm == Cause::closed_by_reset; }

bool explains(Cause cause, Outcome outcome) {
    switch (cause) {
        case Cause::descriptor_limit: return outcome == Outcome::fd_limit || outcome == Outcome::timeout;
        case Cause::self_connect: return outcome == Outcome::refused || outcome == Outcome::timeout;
        case Cause::relay_ports: return outcome == Outcome::cut_short || outcome == Outcome::reset;
        case Cause::backlog_overflow:
        case Cause::syns_dropped:
        case Cause::nat_ports:
        case Cause::silent_peer: return outcome == Outcome::timeout;
        case Cause::refused: return outcome == Outcome::refused;
        case Cause::reset_by_peer: return outcome == Outcome::reset;
        case Cause::cut_short: return outcome == Outcome::cut_short;
        case Cause::no_memory: return outcome == Outcome::no_memory;
        case Cause::other_error: return outcome == Outcome::other;
        default: return outcome == Outcome::no_port_connect || outcome == Outcome::no_port_bind;
    }
}

}  // namespace

std::vector<Harm> harms(const Observed& o) {
    std::vector<Harm> found;
    if (o.transfers_cut + o.bytes_lost > 0)
        found.push_back({Cause::data_lost,
                         fmt::format("data was lost: {} of {} transfers cut, {}", thousands(o.transfers_cut),
                                     thousands(std::max(o.connected, o.transfers_cut)), text::bytes(o.bytes_lost))});
    if (o.old_data.accepted > 0)
        found.push_back(
            {Cause::old_data, "data was corrupted: old data was accepted in " + of_trials(o.old_data.accepted, o)});
    if (o.old_data.ended_connection > 0)
        found.push_back(
            {Cause::old_data, "old segments ended new connections in " + of_trials(o.old_data.ended_connection, o)});
    if (o.old_data.ended_time_wait > 0)
        found.push_back(
            {Cause::old_data, "stale segments ended TIME_WAIT in " + of_trials(o.old_data.ended_time_wait, o)});
    if (o.resets_at_peer > 0)
        found.push_back({Cause::closed_by_reset,
                         fmt::format("{} of {} ended by a reset instead of a FIN", thousands(o.resets_at_peer),
                                     counted(std::max(o.connected, o.resets_at_peer), "connection"))});
    return found;
}

Lines deciding(Cause cause, const Observed& o) {
    switch (cause) {
        case Cause::client_time_wait: return {without_port(o), waiting(o)};
        case Cause::bind_before_connect:
            return {without_port(o), waiting(o),
                    "the call that failed is bind(): its port is taken for every destination"};
        case Cause::open_connections:
            return {without_port(o), fmt::format("open connections held {} at most", of_pairs(o.open, o))};
        case Cause::fin_wait_2_ports: return {without_port(o), half_closed(o)};
        case Cause::relay_ports:
            return {fmt::format("{} of the relay's outbound leg found no port", counted(o.relay_without_port, "call"))};
        case Cause::nat_ports: return {nat_drops(o), nat_ports_taken(o), never_connected(o)};
        case Cause::hidden_by_reuse:
            return {reused(o) + " (TWRecycled)",
                    fmt::format("{} connections were made on {}", thousands(o.connected), counted(o.capacity, "pair"))};
        case Cause::hidden_by_limit:
            return {fmt::format("{} skipped TIME_WAIT at the limit of entries (TCPTimeWaitOverflow)",
                                counted(o.skipped_time_wait.value_or(0), "close")),
                    fmt::format("{} connections were made on {}", thousands(o.connected), counted(o.capacity, "pair"))};
        case Cause::slow_search: return of_cliff(o);
        case Cause::nearly: return {free_ports(o), waiting(o)};
        case Cause::self_connect:
            return {
                fmt::format("{} with the same address and port on both ends", counted(o.self_connects, "connection")),
                plain("ECONNREFUSED", Outcome::refused, o)};
        case Cause::bound_sockets: return {without_port(o), in_use(o), bound_ports(o)};
        case Cause::unseen_holder: return {without_port(o), in_use(o), bound_ports(o)};
        case Cause::syns_dropped: return {stalls(o), overflows(o), slowest(o), never_connected(o)};
        case Cause::descriptor_limit:
            return {fmt::format("EMFILE or ENFILE from {}", counted(o.descriptor_errors, "call")),
                    fmt::format("the process may open {} descriptors", thousands(o.descriptor_limit))};
        case Cause::backlog_overflow: return {overflows(o), stalls(o), never_connected(o)};
        case Cause::fin_wait_2_pile_up: return {half_closed(o), waiting(o)};
        case Cause::refused: return {plain("ECONNREFUSED", Outcome::refused, o)};
        case Cause::silent_peer: return {never_connected(o), stalls(o)};
        case Cause::reset_by_peer: return {plain("a reset after the connection was made", Outcome::reset, o)};
        case Cause::cut_short: return {plain("a close before the whole response", Outcome::cut_short, o)};
        case Cause::no_memory: return {plain("ENOBUFS or ENOMEM", Outcome::no_memory, o)};
        case Cause::other_error: return {plain("another error", Outcome::other, o)};
        case Cause::generator_too_slow: return {without_slot(o), cpu_used(o)};
        case Cause::data_lost:
        case Cause::old_data:
        case Cause::closed_by_reset: return harms_of(cause, o);
        case Cause::nothing_wrong: return {of_attempts(o.count(Outcome::ok), o) + " succeeded", free_ports(o)};
        case Cause::nothing_attempted: return {};
    }
    return {};
}

Lines contrary(Cause cause, const Observed& o) {
    Lines lines;
    for (const Harm& harm : harms(o))
        if (harm.of != cause && !explains(cause, harm.of)) lines.push_back(harm.words);
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        const bool is_success = outcome == Outcome::ok || outcome == Outcome::late || outcome == Outcome::unfinished ||
                                outcome == Outcome::refused_locally;
        if (is_success || o.count(outcome) == 0 || explains(cause, outcome)) continue;
        lines.push_back(fmt::format("{} {}", of_attempts(o.count(outcome), o), what_failed(outcome)));
    }
    if (const auto refused = o.count(Outcome::refused_locally); refused > 0)
        lines.push_back(of_attempts(refused, o) + " were refused by the client's own limit and never tried");
    if (const auto cut = o.count(Outcome::unfinished); cut > 0)
        lines.push_back(of_attempts(cut, o) + " were under way when the run was stopped");
    if (o.count(Outcome::late) > 0 && cause != Cause::generator_too_slow) lines.push_back(without_slot(o));
    if (o.connects_stalled(o.connected) && !speaks_of_stalls(cause)) {
        lines.push_back(stalls(o));
        lines.push_back(slowest(o));
    }
    if (o.nat.dropped > 0 && cause != Cause::nat_ports) lines.push_back(nat_drops(o));
    const bool held_by_connections = family(cause) == Family::exhaustion && o.outcomes.no_port() > 0;
    if (held_by_connections && o.bound.value_or(0) > 0) lines.push_back(bound_ports(o));
    if (held_by_connections && o.reused_early.value_or(0) > 0) lines.push_back(reused(o) + ", and it was not enough");
    if (!o.valid) lines.push_back("the measurement is not valid; the record says why");
    return lines;
}

Lines excluded(Cause cause, const Observed& o) {
    Lines lines;
    if (cause == Cause::nothing_attempted) return lines;
    if (o.outcomes.no_port() == 0 && o.relay_without_port == 0 && family(cause) != Family::exhaustion)
        lines.push_back("a lack of ports: no call failed for want of one, and " + free_ports(o));
    if (o.outcomes.no_port() == 0 && cause == Cause::nat_ports)
        lines.push_back("ports of the client: no call failed for want of one, and " + free_ports(o));
    if (o.outcomes.no_port() > 0 && family(cause) == Family::exhaustion)
        lines.push_back("ports held out of sight: " + in_use(o));
    if (o.descriptor_errors == 0 && o.descriptor_limit > 0)
        lines.push_back(fmt::format("descriptors: no EMFILE; {} allowed", thousands(o.descriptor_limit)));
    if (cause != Cause::syns_dropped && o.listen_overflows && *o.listen_overflows == 0)
        lines.push_back("a full backlog: ListenOverflows is 0");
    if (o.syns_again && *o.syns_again == 0 && o.nat.dropped == 0)
        lines.push_back("SYNs dropped on the way: none was sent again");
    if (o.fin_wait_2 <= record::fin_wait_2_in_passing)
        lines.push_back(fmt::format("a peer that never closes: FIN_WAIT_2 peaked at {}", thousands(o.fin_wait_2)));
    return lines;
}

}  // namespace portdrought::diagnose
