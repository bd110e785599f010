// The chain law: a path through several pools fails at the one with the smallest C / (h + w). Every pool that a
// connection takes a place in, from the host to the server, as a value: how much it holds, for how long, which rate of
// all hosts together it lasts for and how one sees that it is full. Scenario time; arithmetic and sources:
// docs/laws.md. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/laws/prediction.hpp"
#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::laws {

enum class PoolKind : std::uint8_t {
    client_ports,     // of each host: what connect() or bind() chooses from
    host_share,       // of each host: ports that the NAT set aside for it
    nat_ports,        // of all hosts: ports of the NAT's public addresses towards their destinations
    nat_table,        // of all hosts: entries of the NAT (nat.max_connections)
    server_time_wait  // of all hosts: the server's TIME_WAIT entries, where it closes first
};
/// "client ports", "share of NAT ports", "NAT ports", "NAT table", "server's TIME_WAIT entries"
const char* name(PoolKind kind);
/// The NAT's, not the hosts' or the server's.
constexpr bool is_of_nat(PoolKind kind) {
    return kind == PoolKind::host_share || kind == PoolKind::nat_ports || kind == PoolKind::nat_table;
}

/// What a full pool does to an attempt.
enum class Symptom : std::uint8_t {
    no_port,      // connect() or bind() fails at once: EADDRNOTAVAIL, EADDRINUSE
    syn_timeout,  // the SYN is dropped and sent again (scenario::syn_timers()), the attempt times out; never
                  // EADDRNOTAVAIL
    unprotected   // none fails: a close leaves no TIME_WAIT, so old duplicates are no longer kept out
};

/// "no_port", "syn_timeout", "unprotected": as in JSON.
const char* name(Symptom symptom);

struct ChainPool {
    PoolKind kind = PoolKind::client_ports;
    bool of_each_host = true;
    std::uint64_t capacity = 0;  // connections at one time; of the most popular destination where one is
    double reachable = 0;  // of these, before a bounded search finds none; capacity where every place is looked at
    double share = 1;      // 0..1 of all connections of all hosts: one host's, the most popular destination's
    double unserved = 0;   // 0..1 of the hosts that have no place in it at all
    core::Duration open{0}, after_close{0};
    double sustainable_per_s = 0;              // of all hosts together, as a mean; infinite where no place stays taken
    std::optional<core::Duration> exhaustion;  // from empty, at the offered rate; absent when it never comes
    std::optional<double> accepted_per_s;      // of all hosts together, in the long run at the offered rate
    Symptom symptom = Symptom::no_port;

    core::Duration residence() const { return open + after_close; }
    bool fails() const { return symptom != Symptom::unprotected; }
};

struct Chain {
    std::vector<ChainPool> pools;  // from the host to the server, never empty
    std::uint32_t hosts = 1;
    std::optional<core::Rate> offered;  // of all hosts together, as far as load.in_flight lets them

    /// The pool that ends first as the rate rises: the smallest C / (h + w). Of equal ones the one that is
    /// full first; pools that fail no attempt do not count.
    const ChainPool& weakest() const;
    /// The pool that is full first at the offered rate; null when none is.
    const ChainPool* first_full() const;
    /// Share (0..1) of attempts that fail in the long run at the offered rate.
    double failing_share() const;
};

/// Without a NAT and with one host it has the client's ports alone. Each pool is judged on its own, at the rate the
/// hosts offer: what one pool refuses would spare those behind it.
Chain chain_of(const scenario::Scenario& scenario);

/// Each destination's share (0..1) of all connections, the most popular first: Zipf's law with
/// topology.destination_skew.
std::vector<double> popularities(const scenario::Scenario& scenario);

}  // namespace portdrought::laws
