#include "analysis/diagnose/cause.hpp"

#include <algorithm>
#include <array>

#include "analysis/findings/cliff.hpp"

namespace portdrought::diagnose {
namespace {

using core::Outcome;

// A table is counted once a second and ports are taken meanwhile; a fifth unaccounted for is no accident.
bool pairs_are_accounted_for(const Observed& o) { return o.in_use * 5 >= o.capacity * 4; }
bool ports_lacked(const Observed& o) { return o.most_failed() == Outcome::no_port_connect; }
bool is_most_of_use(const Observed& o, std::uint64_t count) { return count * 2 >= o.in_use && count > 0; }

bool connects_stalled(const Observed& o) { return o.connects_stalled(o.attempts); }

bool listener_dropped(const Observed& o) {
    return o.listen_overflows.value_or(0) > 0 || o.request_queue_drops.value_or(0) > 0;
}

/// What a NAT cannot place it drops, once for each SYN of an attempt, so what timed out has to be accounted for.
bool nat_lacked_ports(const Observed& o) {
    const Outcome most = o.most_failed();
    if (o.nat.dropped == 0 || (most != Outcome::timeout && most != Outcome::ok)) return false;
    return o.nat.dropped * 2 >= o.count(Outcome::timeout);
}

/// Every pair was needed again before its TIME_WAIT could be over.
bool would_have_run_out(const Observed& o) {
    return o.connected > o.capacity && o.wanted > static_cast<double>(o.capacity);
}

struct Rule {
    Cause cause;
    bool (*fits)(const Observed&);
};

constexpr std::array rules{
    Rule{Cause::nothing_attempted, [](const Observed& o) { return o.attempts == 0; }},
    Rule{Cause::self_connect, [](const Observed& o) { return o.self_connects > 0 && !ports_lacked(o); }},
    Rule{Cause::relay_ports, [](const Observed& o) { return o.relay_without_port > 0 && !ports_lacked(o); }},
    Rule{Cause::unseen_holder,
         [](const Observed& o) { return ports_lacked(o) && !pairs_are_accounted_for(o) && o.bound && *o.bound == 0; }},
    Rule{Cause::bound_sockets, [](const Observed& o) { return ports_lacked(o) && !pairs_are_accounted_for(o); }},
    Rule{Cause::fin_wait_2_ports, [](const Observed& o) { return ports_lacked(o) && is_most_of_use(o, o.fin_wait_2); }},
    Rule{Cause::open_connections, [](const Observed& o) { return ports_lacked(o) && is_most_of_use(o, o.open); }},
    Rule{Cause::bind_before_connect,
         [](const Observed& o) {
             return ports_lacked(o) && o.count(Outcome::no_port_bind) > o.count(Outcome::no_port_connect);
         }},
    Rule{Cause::client_time_wait, ports_lacked},
    Rule{Cause::nat_ports, nat_lacked_ports},
    Rule{Cause::descriptor_limit,
         [](const Observed& o) { return o.descriptor_errors > 0 || o.most_failed() == Outcome::fd_limit; }},
    Rule{Cause::backlog_overflow,
         [](const Observed& o) {
             return listener_dropped(o) && (o.most_failed() == Outcome::timeout || connects_stalled(o));
         }},
    Rule{Cause::syns_dropped, connects_stalled},
    Rule{Cause::refused, [](const Observed& o) { return o.most_failed() == Outcome::refused; }},
    Rule{Cause::silent_peer, [](const Observed& o) { return o.most_failed() == Outcome::timeout; }},
    Rule{Cause::reset_by_peer, [](const Observed& o) { return o.most_failed() == Outcome::reset; }},
    Rule{Cause::cut_short, [](const Observed& o) { return o.most_failed() == Outcome::cut_short; }},
    Rule{Cause::no_memory, [](const Observed& o) { return o.most_failed() == Outcome::no_memory; }},
    Rule{Cause::other_error, [](const Observed& o) { return o.most_failed() == Outcome::other; }},
    Rule{Cause::data_lost, [](const Observed& o) { return o.transfers_cut + o.bytes_lost > 0; }},
    Rule{Cause::old_data,
         [](const Observed& o) {
             return o.old_data.accepted + o.old_data.ended_connection + o.old_data.ended_time_wait > 0;
         }},
    Rule{Cause::fin_wait_2_pile_up,
         [](const Observed& o) {
             return o.fin_wait_2 > record::fin_wait_2_in_passing && o.fin_wait_2 * 10 >= o.connected;
         }},
    Rule{Cause::hidden_by_limit,
         [](const Observed& o) { return o.skipped_time_wait.value_or(0) > 0 && would_have_run_out(o); }},
    Rule{Cause::hidden_by_reuse,
         [](const Observed& o) { return o.reused_early.value_or(0) > 0 && would_have_run_out(o); }},
    Rule{Cause::slow_search,
         [](const Observed& o) {
             return o.in_use * 2 > o.capacity && findings::shows_cliff(o.connect_p10, o.connect_p95, o.connect_p99);
         }},
    Rule{Cause::generator_too_slow, [](const Observed& o) { return o.count(Outcome::late) * 100 > o.attempts; }},
    Rule{Cause::nearly, [](const Observed& o) { return o.min_free && *o.min_free * 10 < o.capacity; }},
    Rule{Cause::closed_by_reset, [](const Observed& o) { return o.resets_at_peer > 0; }},
};

constexpr std::array<std::string_view, 29> names{
    "client_time_wait", "bind_before_connect", "open_connections", "fin_wait_2_ports",   "relay_ports",
    "nat_ports",        "hidden_by_reuse",     "hidden_by_limit",  "slow_search",        "nearly",
    "self_connect",     "bound_sockets",       "unseen_holder",    "syns_dropped",       "descriptor_limit",
    "backlog_overflow", "fin_wait_2_pile_up",  "refused",          "silent_peer",        "reset_by_peer",
    "cut_short",        "no_memory",           "other_error",      "generator_too_slow", "data_lost",
    "old_data",         "closed_by_reset",     "nothing_wrong",    "nothing_attempted"};
static_assert(names.size() == static_cast<std::size_t>(Cause::nothing_attempted) + 1);

}  // namespace

std::string_view name(Cause cause) { return names[static_cast<std::size_t>(cause)]; }

std::string_view name(Family family) {
    switch (family) {
        case Family::exhaustion: return "exhaustion";
        case Family::look_alike: return "look_alike";
        case Family::none: return "none";
    }
    return "none";
}

Family family(Cause cause) {
    if (cause <= Cause::nearly) return Family::exhaustion;
    return cause < Cause::nothing_wrong ? Family::look_alike : Family::none;
}

Cause cause_of(const Observed& seen) {
    const auto* rule = std::ranges::find_if(rules, [&](const Rule& candidate) { return candidate.fits(seen); });
    return rule == rules.end() ? Cause::nothing_wrong : rule->cause;
}

}  // namespace portdrought::diagnose
