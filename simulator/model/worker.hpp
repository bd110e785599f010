// One worker of the generator with its server, played: turns the pacer's due times into attempts and follows each to
// its outcome, as load::Client does with sockets. While it opens or closes a connection it does nothing else, which
// costs what core::Costs say; where those are not charged, everything takes no time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/attempts.hpp"
#include "core/hold_times.hpp"
#include "core/pool.hpp"
#include "model/closing.hpp"
#include "model/event_heap.hpp"
#include "model/hosts.hpp"
#include "model/lifecycle.hpp"
#include "model/nat/nat.hpp"
#include "model/origins.hpp"
#include "model/random.hpp"
#include "scenario/scenario.hpp"
#include "scenario/syn_timers.hpp"

namespace portdrought::model {

/// What the workers of a run share.
struct Surroundings {
    Hosts& hosts;
    Nat* nat;  // null: there is none
    const Lifecycle& lifecycle;
    const core::Costs& costs;
    bool charges;  // connections cost CPU time
};

struct WorkerTally {
    core::AttemptTally attempts;
    core::PoolCounts pool;
    std::uint64_t no_port_connect = 0, no_port_bind = 0, refused = 0, timed_out = 0;  // failed calls
    std::uint64_t upstream_without_port = 0;
    std::uint64_t syns_sent_again = 0;
    core::Duration cpu{0}, in_connect{0};
    std::optional<core::Instant> first_nat_drop;  // intended start of the attempt whose SYN met a NAT without a port
};

class Worker {
public:
    Worker(const scenario::Scenario& real_time, unsigned share, const Surroundings& around);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// When it next has something to do; the far future where it never has.
    core::Instant next_due() const {
        return std::min(std::max(attempts_.next_due(now_).or_never(), busy_until_), earliest_);
    }
    /// Everything that is due up to `end`, hosts included; when the last of it was. For one worker alone.
    core::Instant play_until(core::Instant end);
    /// Does one thing that is due at `now`.
    void turn(core::Instant now);
    bool is_over(core::Instant now) const { return attempts_.are_over(now); }
    void abandon() { attempts_.abandon(); }

    const core::LiveCounters& live() const { return live_; }
    const WorkerTally& tally() const { return tally_; }
    const ClosingTally& closing() const { return closing_.tally(); }

private:
    /// An attempt on its way, and the connection it has.
    struct Connection {
        core::Instant intended{0}, began{0}, started{0};  // the attempt's, and its present try's start
        Origin origin;
        Held held;
        std::uint32_t tries_left = 0;
        std::uint32_t requests = 0;   // pooled: served before the one under way
        std::uint32_t syns = 0;       // sent again
        bool is_stalled = false;      // its SYN met what the peer holds of an earlier connection
        bool is_answered = false;     // established with a server that never accepts
        bool is_out_of_time = false;  // has no connection, nor the time to try again
    };
    struct Idle {
        Connection connection;
        core::Instant since{0};
    };

    /// Puts it aside until `due`.
    template <class Queue>
    void put(Queue& queue, core::Instant due, const Connection& connection) {
        queue.push(due, connection);
        earliest_ = std::min(earliest_, due);
    }
    core::Instant next_under_way() const;
    void step(core::Instant now);  // turn(), inline
    void go_on_with_one(core::Instant now);
    bool is_plain() const;
    Connection begin(core::Instant intended, core::Instant now) const;
    void start_plain(core::Instant intended, core::Instant now);
    /// What connect() takes; of one that found no port, what it took to find none.
    core::Duration charge_connect(const Taken& taken, core::Instant now) {
        return around_.charges ? charge_calls(bool(taken.pair), taken.search, now) : core::Duration{0};
    }
    core::Duration charge_calls(bool found_port, core::Duration search, core::Instant now);
    core::Instant idle_from(core::Instant now) const {
        const core::Instant busy_until = busy_until_;  // so that values are compared, not references
        return std::max(now, busy_until);
    }
    void start(core::Instant intended, core::Instant now);
    void open(Connection& connection, core::Instant now);
    void send_syn(Connection& connection, core::Instant now);
    void hang(const Connection& connection, core::Instant now);
    void go_on(Connection connection, core::Instant now);
    void out_of_syns(const Connection& connection, core::Instant now);
    void give_up(const Connection& connection, core::Instant now);
    void established(Connection& connection, core::Instant now);
    void without_port(const Connection& connection, core::Instant now);
    void without_port(core::Instant intended, core::Instant began, core::Instant now);
    void failed(const Connection& connection, core::Outcome outcome, core::Instant now);
    void exchange(const Connection& connection, core::Instant now);
    void hold(const Connection& connection, core::Duration open_for, core::Instant now);
    void request_over(const Connection& connection, core::Instant now);
    void pool_or_dispose(Connection connection, core::Instant now);
    void close_expired(core::Instant now);
    void close(const Connection& connection, core::Instant now);
    void dispose(const Connection& connection, core::Instant now);
    std::uint32_t fetch(core::Instant now);
    std::size_t place_in_pool(const Origin& origin) const;
    bool syn_reaches_listener(std::uint32_t destination);
    core::Instant deadline_of(const Connection& connection) const;
    void charge(core::Instant now, core::Duration cpu) {
        if (!around_.charges) return;
        busy_until_ = idle_from(now) + cpu;
        tally_.cpu += cpu;
    }
    /// All of a connection but connect().
    void work_on_connection(core::Instant now) {
        charge(now, std::max(core::Duration{0}, around_.costs.connection - around_.costs.connect));
    }

    const Surroundings around_;
    const scenario::Scenario& real_;
    core::LiveCounters live_;
    WorkerTally tally_;
    core::Attempts attempts_;
    Origins origins_;
    std::uint32_t upstream_tuple_;
    core::Duration give_up_after_;
    scenario::SynTimers syn_timers_;
    core::HoldTimes holds_;
    bool are_in_disorder_;   // connections close in another order than they were opened
    bool is_plain_ = false;  // see start_plain()
    std::optional<core::Pool<Idle>> pool_;
    Random random_;
    core::Instant now_{0}, busy_until_{0};
    core::Instant earliest_ = core::Instant::max();  // nothing under way goes on before
    std::vector<std::uint64_t> waiting_for_accept_;  // by destination, where nobody accepts
    bool binds_;                                     // a port that is missing is missed by bind()
    Closing closing_;

    DelayQueue<Connection> closes_, retries_;
    EventHeap<Connection> closes_in_disorder_;
    EventHeap<Connection> hanging_;  // without an answer: send again, or give up
};

}  // namespace portdrought::model
