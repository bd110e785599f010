// The hosts that connect, and the TIME_WAIT of both sides: who may take which port when. Knows neither attempts nor
// time as it passes: advance() does what has come due. Ports, hosts and destinations decide how much memory it takes,
// never the number of connections.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/costs.hpp"
#include "model/delay_queue.hpp"
#include "model/lifecycle.hpp"
#include "model/port_table.hpp"
#include "model/search/port_search.hpp"
#include "model/timer_wheel.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

/// A source port of a host towards a destination.
struct Pair {
    std::uint32_t table = 0;
    std::uint32_t slot = 0;
};

/// A pair or none. Eight bytes that are written and read at once, as MaybeSlot: std::optional's flag beside them costs
/// more than the search.
class MaybePair {
public:
    MaybePair() = default;
    MaybePair(Pair pair)  // NOLINT(google-explicit-constructor): as std::optional
        : both_(std::uint64_t{pair.slot} << 32 | pair.table) {}

    explicit operator bool() const { return both_ != none; }
    Pair operator*() const { return {static_cast<std::uint32_t>(both_), static_cast<std::uint32_t>(both_ >> 32)}; }

private:
    static constexpr std::uint64_t none = UINT64_MAX;
    std::uint64_t both_ = none;
};

struct Taken {
    MaybePair pair;            // none: all are taken
    core::Duration search{0};  // CPU time of the walk past taken ports
    bool peer_is_stale = false;
};

/// As they are now, over all hosts.
struct Gauges {
    std::uint64_t open = 0;        // pairs with both ends connected
    std::uint64_t close_wait = 0;  // ends whose program never closes
    std::uint64_t ports_in_use = 0;
    std::uint64_t ports_reusable = 0;  // in TIME_WAIT, and may be taken over now
    std::uint64_t time_wait_client = 0, time_wait_server = 0;
    std::uint64_t fin_wait_2_client = 0, fin_wait_2_server = 0;

    std::uint64_t fin_wait_2() const { return fin_wait_2_client + fin_wait_2_server; }
    /// What sockstat counts as `tw`.
    std::uint64_t parked() const { return time_wait_client + time_wait_server + fin_wait_2(); }
};

/// Since the start, by what the kernel counts them as.
struct Events {
    std::uint64_t time_wait = 0;  // TcpExt.TW
    std::uint64_t recycled = 0;   // TcpExt.TWRecycled
    std::uint64_t overflow = 0;   // TcpExt.TCPTimeWaitOverflow
};

constexpr core::Duration kernel_time_wait = std::chrono::seconds{60};  // TCP_TIMEWAIT_LEN

class Hosts {
public:
    /// `real_time`: a valid scenario, already compressed.
    Hosts(const scenario::Scenario& real_time, const core::Costs& costs);

    /// Tuples of one host: sources x (destinations, and the upstreams of relays). `tuple` = destination x sources +
    /// source.
    std::uint32_t tuples() const { return tuples_; }
    std::uint32_t sources() const { return sources_; }

    /// Everything that is due at `now`, which never goes back.
    void advance(core::Instant now) {
        if (earliest_ <= now) release_due(now);
    }

    /// A port for a connection of `host`; the caller gives it back by one of the functions below.
    Taken take(std::uint32_t host, std::uint32_t tuple, core::Instant now);
    void opened() { ++gauges_.open; }
    /// The connection never came about, or ended without TIME_WAIT.
    void release(Pair pair);
    void closed() { --gauges_.open; }
    void client_enters_time_wait(Pair pair, core::Instant now);
    void server_enters_time_wait(Pair pair, core::Instant now);
    /// Its FIN is acknowledged, after the peer's delay, but never answered; the peer's end stays in CLOSE_WAIT.
    void client_enters_fin_wait_2(Pair pair, core::Instant now);
    void server_enters_fin_wait_2(core::Instant now);

    const Gauges& gauges() const { return gauges_; }
    const Events& events() const { return events_; }
    std::uint16_t port_of(Pair pair) const;
    std::uint32_t destination_of(Pair pair) const { return pair.table % tables_per_host_ / sources_; }
    std::uint32_t source_of(Pair pair) const { return pair.table % tables_per_host_ % sources_; }
    /// True where a port is taken from every destination at once; a pair then tells nothing of its destination.
    bool ports_are_for_all() const { return tables_per_host_ < tuples_; }
    /// Pairs that were taken over have no place in what follows: call this first.
    void forget_overtaken();
    /// Ports taken by tuple, over all hosts.
    std::vector<std::uint64_t> taken_by_tuple() const;
    /// Entries in TIME_WAIT by tenths of `length` they have left; both sides.
    std::vector<std::uint64_t> left_by_tenth(core::Instant now, core::Duration length) const;
    /// Client-held entries at least `age` old.
    std::uint64_t older_than(core::Duration age, core::Instant now) const;
    /// The oldest client-held pairs in TIME_WAIT, or in FIN_WAIT_2.
    std::vector<Pair> oldest(std::size_t most) const { return oldest_of(client_waits_, most); }
    std::vector<Pair> oldest_half_closed(std::size_t most) const { return oldest_of(client_fin_waits_, most); }

private:
    struct Wait {
        Pair pair;
        core::Instant since;
    };
    using Waits = DelayQueue<Wait>;

    void push(Waits& waits, core::Instant due, Pair pair, core::Instant since) {
        Wait& wait = waits.push(due);
        wait.pair = pair;
        wait.since = since;
        earliest_ = std::min(earliest_, waits.next_due());
    }
    void push_rare(Waits& waits, core::Instant due, Pair pair, core::Instant since) {
        push(waits, due, pair, since);
        earliest_rare_ = std::min(earliest_rare_, waits.next_due());
    }

    static std::size_t entered_by(const Waits& waits, core::Instant instant);
    static std::vector<Pair> oldest_of(const Waits& waits, std::size_t most);
    void release_due(core::Instant now);
    void release_rare(core::Instant now);
    void acknowledge_fins(core::Instant now);
    void release(PortTable& table, std::uint32_t slot) {
        table.takeable.set(slot);
        --table.taken;
        --gauges_.ports_in_use;
    }
    void end_client_wait(Pair pair);
    bool end_reusable(PortTable& table, std::uint32_t slot);
    void await_reuse(Pair pair, core::Instant now);
    void overflow(Pair pair);
    bool end_former(PortTable& table, std::uint32_t slot);
    void overtake_client(PortTable& table, std::uint32_t slot);
    void overtake_server(PortTable& table, std::uint32_t slot);
    bool meet_stale_peer(PortTable& table, std::uint32_t slot);
    void make_reusable(Pair pair);
    PortTable& table(std::uint32_t index) {
        PortTable* const table = tables_[index].get();
        return table != nullptr ? *table : new_table(index);
    }
    PortSearch& search(std::uint32_t host) {
        PortSearch* const search = searches_[host].get();
        return search != nullptr ? *search : new_search(host);
    }
    PortTable& new_table(std::uint32_t index);
    PortSearch& new_search(std::uint32_t host);
    core::Duration walk_cost(const PortTable& table, const Searched& found) const;
    // On loopback client and server are one host with one limit.
    bool client_is_full() const {
        const std::uint64_t held = gauges_.time_wait_client + gauges_.fin_wait_2_client;
        return (is_one_host_ ? gauges_.parked() : held) >= most_of_clients_;
    }
    bool server_is_full() const {
        const std::uint64_t held = gauges_.time_wait_server + gauges_.fin_wait_2_server;
        return (is_one_host_ ? gauges_.parked() : held) >= most_of_server_;
    }
    core::Instant end_of_time_wait(core::Instant now) const {
        return host_.timed_wait_delay ? now + *host_.timed_wait_delay : wheel_.end_of(now, kernel_time_wait);
    }

    scenario::Host host_;
    SearchSetup setup_;
    core::Costs costs_;
    bool walks_;  // the kernel searches, and its walk is paid for
    std::uint32_t sources_, tuples_, tables_per_host_;
    bool is_one_host_;
    std::uint64_t most_of_clients_, most_of_server_;  // in TIME_WAIT and FIN_WAIT_2 (host.max_time_wait)
    std::optional<core::Duration> reuse_after_;       // TIME_WAIT of that age may be taken over; absent: never
    bool server_holds_, leaves_stale_peers_;
    bool reuses_last_;  // TIME_WAIT is taken over only where nothing else is left
    bool has_former_;   // something can be left of a pair's earlier connections when it is taken
    TimerWheel wheel_;
    PortBits initially_;  // ports nobody has, by slot
    std::vector<std::unique_ptr<PortTable>> tables_;
    std::vector<std::unique_ptr<PortSearch>> searches_;  // by host
    Waits client_waits_, server_waits_, reuse_waits_, client_fin_waits_, server_fin_waits_, client_fin_acks_,
        server_fin_acks_;
    core::Instant earliest_ = core::Instant::max();       // nothing in any of them is due before
    core::Instant earliest_rare_ = core::Instant::max();  // nor anything but client_waits_ and reuse_waits_
    std::uint64_t overtaken_ = 0;  // entries of client_waits_ and server_waits_ whose pair was taken over
    Gauges gauges_;
    Events events_;
};

// Every connection passes these. Inline, since calling them costs a tenth of all that a connection takes; by force,
// since at -O2 they would be taken for too long.
[[gnu::always_inline]] inline Taken Hosts::take(std::uint32_t host, std::uint32_t tuple, core::Instant now) {
    const std::uint32_t local = tuple < tables_per_host_ ? tuple : tuple % tables_per_host_;
    const std::uint32_t index = host * tables_per_host_ + local;
    PortTable& table = this->table(index);
    Searched found = search(host).find(table.takeable, local, now);
    if (!found.slot && reuses_last_) found = search(host).find(table.last_resort, local, now);
    Taken taken;
    if (walks_) taken.search = walk_cost(table, found);
    if (!found.slot) return taken;
    taken.pair = Pair{index, *found.slot};
    table.takeable.reset(*found.slot);
    ++table.taken;
    ++gauges_.ports_in_use;
    if (has_former_) taken.peer_is_stale = end_former(table, *found.slot);
    return taken;
}

[[gnu::always_inline]] inline void Hosts::client_enters_time_wait(Pair pair, core::Instant now) {
    if (client_is_full()) return overflow(pair);
    ++events_.time_wait;
    ++gauges_.time_wait_client;
    ++tables_[pair.table]->time_wait;
    push(client_waits_, end_of_time_wait(now), pair, now);
    if (reuse_after_) await_reuse(pair, now);
}

inline void Hosts::end_client_wait(Pair pair) {
    PortTable& table = *tables_[pair.table];
    if (reuse_after_ && !end_reusable(table, pair.slot)) return;
    --table.time_wait;
    --gauges_.time_wait_client;
    release(table, pair.slot);
}

}  // namespace portdrought::model
