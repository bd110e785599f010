// The figures of one run that the explanation speaks of, as people read them: the same in every language. Only from the
// record and the laws; what is not known is empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/laws/chain.hpp"
#include "core/connection_cycle.hpp"
#include "record/run_record.hpp"
#include "scenario/holding.hpp"

namespace portdrought::html {

/// The pool of a NAT that ends before the hosts' own ports do (laws/chain.hpp).
struct NatFacts {
    laws::PoolKind kind = laws::PoolKind::nat_ports;
    bool of_each_host = false;
    std::string places;     // "64"
    std::string residence;  // how long one connection keeps a place: "120 s"; empty where for ever
    std::string lasting;    // of all hosts together: "5.33/s"
    std::string unserved;   // share of hosts that have no place in it at all: "40 %"; empty where each has one
};

/// Why an attempt never needed a port of its own.
enum class WithoutNeed : std::uint8_t { refused_locally, never_started, no_resources, unfinished, open_connection };

struct Spared {
    WithoutNeed why;
    std::string attempts;
};

struct RunFacts {
    std::string name;  // "article, as explained"
    core::Closer closer = core::Closer::client;
    scenario::Holding holding = scenario::Holding::time_wait;
    bool is_modelled = false;

    std::string rate;       // connections offered per second, of all hosts: "33.3/s"; empty where not known beforehand
    std::string time_wait;  // "240 s"
    std::string residence;  // how long one connection keeps a port: "240 s"; empty where for ever
    std::string capacity;   // of all hosts together: "3,976"
    std::string ports;      // of one address: "3,976"; `capacity` is these times the three below
    std::uint32_t sources = 1, hosts = 1, destinations = 1;
    std::string bound;                 // of `capacity`, held by sockets that never connect; empty without any
    std::string usable;                // what is left of `capacity` then
    std::string wanted;                // rate x residence: "7,992"; empty without one of them
    std::string lasting;               // of all hosts together: "16.6/s"; empty where no port stays taken
    bool is_hot = false;               // the most popular destination has places of its own, which are full first
    std::optional<NatFacts> nat;       // absent where the hosts' own ports end first
    bool is_predicted = false;         // the laws say whether places run out at this rate
    std::string predicted_exhaustion;  // of the pool that is full first: "119 s"; empty where never
    bool nat_is_full_first = false;    // that pool is `nat`
    bool is_too_short = false;         // the run ended before that

    std::string attempts, ok, connected, without_port;  // counts
    bool ran_out = false;                               // some attempt found no port of a host's
    bool all_ok = false;                                // every attempt made a connection of its own, and ended well
    std::string needing;             // attempts that got as far as needing a port, and found one or not
    std::vector<Spared> spared;      // the others
    std::string failed_with_port;    // of `needing`, those that failed for another reason; empty without any
    std::string relay_without_port;  // calls of the relay; empty without any
    std::string dropped;             // SYNs for which the NAT had no port; empty without any
    std::string first_drop;          // "64 s"
    std::string first_failure;       // "119 s"
    std::string peak;                // pairs in TIME_WAIT at one time; empty where not seen
    std::string peak_client;
    bool left_time_wait = true;   // some pair was seen in TIME_WAIT
    std::string made;             // connections a second
    std::string rows, ownerless;  // of the listing; empty without one
    std::string real_length;      // "4 s" of real time instead, where compressed; empty where not
};

RunFacts run_facts(const record::RunRecord& record);

}  // namespace portdrought::html
