#include "model/worker.hpp"

#include <algorithm>

#include "scenario/addresses.hpp"
#include "scenario/exchange.hpp"

namespace portdrought::model {
namespace {

using core::Instant, core::Outcome;
using End = Lifecycle::End;

/// A SYN that meets a peer's old CLOSE_WAIT draws an ACK, which is answered by a reset; then it is sent again.
constexpr core::Duration stale_peer_delay = std::chrono::milliseconds{10};

core::OfferPlan plan_of_all_hosts(const scenario::Scenario& real) {
    core::OfferPlan plan = scenario::offer_plan(real);
    if (plan.rate) plan.rate->per_second *= real.topology.hosts;
    if (plan.admission) plan.admission->per_second *= real.topology.hosts;
    plan.in_flight = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(std::uint64_t{plan.in_flight} * real.topology.hosts, UINT32_MAX));
    return plan;
}

}  // namespace

Worker::Worker(const scenario::Scenario& real, unsigned share, const Surroundings& around)
    : around_(around),
      real_(real),
      attempts_(plan_of_all_hosts(real), share, real.load.workers, live_, tally_.attempts),
      origins_(real, share),
      upstream_tuple_(real.host.sources * (scenario::destination_count(real.host) + share)),
      give_up_after_(real.load.timeout),
      syn_timers_(scenario::syn_timers(real.host)),
      holds_(scenario::hold_times(
          real, real.load.closer == core::Closer::server ? core::Side::server : core::Side::client, share)),
      are_in_disorder_(real.load.hold_distribution != core::HoldDistribution::constant ||
                       (real.load.pool_size > 0 && around.lifecycle.until_close > core::Duration{0})),
      random_(hash(real.lab.seed, share, 2)),
      binds_(scenario::bind_is_for_all(real.host)),
      closing_(real.load, around.lifecycle, around.hosts, around.nat) {
    if (!real.server.accepts) waiting_for_accept_.resize(scenario::destination_count(real.host));
    if (real.load.pool_size > 0)
        pool_.emplace(scenario::pool_limits(real),
                      std::size_t{real.topology.hosts} * scenario::destination_count(real.host), tally_.pool);
    is_plain_ = is_plain();
}

// Nothing can go another way than the port search does.
bool Worker::is_plain() const {
    const Lifecycle& life = around_.lifecycle;
    const scenario::Server& server = real_.server;
    const bool is_answered = server.listens && server.accepts && server.drops_syn == 0;
    const bool closes_at_once = life.until_close == core::Duration{0} && real_.load.hold == core::Duration{0};
    return around_.nat == nullptr && !pool_ && is_answered && closes_at_once && !life.fetches && life.end == End::fin &&
           life.closer == core::Closer::client;
}

Instant Worker::next_under_way() const {
    const Instant due =
        std::min({closes_.next_due(), closes_in_disorder_.next_due(), retries_.next_due(), hanging_.next_due()});
    return pool_ ? std::min(due, pool_->next_due().value_or(Instant::max())) : due;
}

// What open(), send_syn(), established(), hold() and close() come to, in one go: most runs make nothing but such
// connections, a thousand million of them.
[[gnu::always_inline]] inline void Worker::start_plain(Instant intended, Instant now) {
    const Origin origin = origins_.next();
    const Taken taken = around_.hosts.take(origin.host, origin.tuple, now);
    const core::Duration calls = charge_connect(taken, now);
    if (!taken.pair) return without_port(intended, now, now + calls);
    attempts_.connected(intended, now, now + calls);
    work_on_connection(now + calls);
    around_.hosts.client_enters_time_wait(*taken.pair, idle_from(now + calls));
    attempts_.ended(intended, Outcome::ok);
}

void Worker::start(Instant intended, Instant now) {
    Connection connection = begin(intended, now);
    open(connection, now);
}

// What ends comes before what begins.
[[gnu::always_inline]] inline void Worker::step(Instant now) {
    now_ = now;
    if (earliest_ <= now) {
        go_on_with_one(now);
        earliest_ = next_under_way();
    } else if (const auto intended = attempts_.start_next(now)) {
        if (is_plain_)
            start_plain(*intended, now);
        else
            start(*intended, now);
    }
}

void Worker::turn(Instant now) { step(now); }

Instant Worker::play_until(Instant end) {
    while (!is_over(now_)) {
        const Instant due = next_due();
        if (due > end) break;
        around_.hosts.advance(due);
        step(due);
    }
    return now_;
}

void Worker::go_on_with_one(Instant now) {
    if (closes_.next_due() <= now) {
        const Connection connection = closes_.front().value;
        closes_.pop();
        return request_over(connection, now);
    }
    if (closes_in_disorder_.next_due() <= now) return request_over(closes_in_disorder_.pop(), now);
    if (retries_.next_due() <= now) {
        Connection connection = retries_.front().value;
        retries_.pop();
        return open(connection, now);
    }
    if (hanging_.next_due() <= now) return go_on(hanging_.pop(), now);
    if (pool_ && pool_->next_due().value_or(Instant::max()) <= now) close_expired(now);
}

Worker::Connection Worker::begin(Instant intended, Instant now) const {
    Connection connection;
    connection.intended = intended;
    connection.began = connection.started = now;
    connection.tries_left = real_.load.retries;
    return connection;
}

core::Duration Worker::charge_calls(bool found_port, core::Duration search, Instant now) {
    const core::Duration calls = around_.costs.connect + search;
    tally_.in_connect += calls;
    charge(now, found_port ? calls : around_.costs.failing_connection + search);
    return found_port ? calls : search;
}

void Worker::open(Connection& connection, Instant now) {
    connection.origin = origins_.next();
    connection.started = now;
    if (pool_)
        if (auto idle = pool_->take(place_in_pool(connection.origin))) {
            idle->connection.intended = connection.intended;
            work_on_connection(now);
            return hold(idle->connection, holds_.next(), now);
        }
    const Taken taken = around_.hosts.take(connection.origin.host, connection.origin.tuple, now);
    const core::Duration calls = charge_connect(taken, now);
    if (!taken.pair) return without_port(connection, now + calls);
    connection.held.pair = *taken.pair;
    connection.is_stalled = taken.peer_is_stale;
    send_syn(connection, now + calls);
}

void Worker::without_port(const Connection& connection, Instant now) {
    ++(binds_ ? tally_.no_port_bind : tally_.no_port_connect);
    failed(connection, binds_ ? Outcome::no_port_bind : Outcome::no_port_connect, now);
}

void Worker::without_port(Instant intended, Instant began, Instant now) { without_port(begin(intended, began), now); }

void Worker::failed(const Connection& connection, Outcome outcome, Instant now) {
    if (connection.tries_left == 0) return attempts_.ended(connection.intended, outcome);
    attempts_.retried();
    Connection again = connection;
    --again.tries_left;
    again.held.mapping.reset();
    again.syns = 0;
    const Instant next_try = now + real_.load.retry_backoff, deadline = deadline_of(connection);
    again.is_out_of_time = next_try >= deadline;
    if (again.is_out_of_time) return put(hanging_, deadline, again);
    put(retries_, next_try, again);
}

Instant Worker::deadline_of(const Connection& connection) const { return connection.began + give_up_after_; }

bool Worker::syn_reaches_listener(std::uint32_t destination) {
    if (real_.server.drops_syn > 0 && static_cast<double>(random_.next() >> 11) * 0x1.0p-53 < real_.server.drops_syn)
        return false;
    return real_.server.accepts || waiting_for_accept_[destination] <= real_.server.backlog;
}

void Worker::send_syn(Connection& connection, Instant now) {
    if (around_.nat != nullptr && !connection.held.mapping) {
        connection.held.mapping = around_.nat->open(
            {connection.origin.host, around_.hosts.port_of(connection.held.pair), connection.origin.destination}, now);
        if (!connection.held.mapping) {
            if (!tally_.first_nat_drop) tally_.first_nat_drop = connection.intended;
            return hang(connection, now);
        }
    }
    if (!real_.server.listens) {
        ++tally_.refused;  // by a reset of the server's host
        closing_.give_back(connection.held, Nat::End::reset, now);
        return failed(connection, Outcome::refused, now);
    }
    if (connection.is_stalled || !syn_reaches_listener(connection.origin.destination)) return hang(connection, now);
    established(connection, now);
}

// Until the next SYN, or until nobody waits any longer.
void Worker::hang(const Connection& connection, Instant now) {
    Instant due = deadline_of(connection);
    if (connection.is_stalled)
        due = std::min(due, now + stale_peer_delay);
    else if (!connection.is_answered)
        due = std::min(due, now + syn_timers_.after(connection.syns));
    put(hanging_, due, connection);
}

void Worker::go_on(Connection connection, Instant now) {
    if (connection.is_out_of_time) return attempts_.ended(connection.intended, Outcome::timeout);
    if (now >= deadline_of(connection)) return give_up(connection, now);
    if (connection.syns == syn_timers_.most_again()) return out_of_syns(connection, now);
    ++connection.syns;
    ++tally_.syns_sent_again;
    connection.is_stalled = false;
    send_syn(connection, now);
}

/// connect() gives up before the program does: ETIMEDOUT.
void Worker::out_of_syns(const Connection& connection, Instant now) {
    ++tally_.timed_out;
    closing_.give_back(connection.held, Nat::End::half_open, now);
    failed(connection, Outcome::timeout, now);
}

void Worker::give_up(const Connection& connection, Instant now) {
    if (connection.is_answered)
        closing_.leave(connection.held, now);
    else
        closing_.give_back(connection.held, Nat::End::half_open, now);
    attempts_.ended(connection.intended, Outcome::timeout);
}

void Worker::established(Connection& connection, Instant now) {
    attempts_.connected(connection.intended, connection.started, now);
    around_.hosts.opened();
    if (!real_.server.accepts) {
        ++waiting_for_accept_[connection.origin.destination];
        connection.is_answered = true;
        return hang(connection, now);
    }
    work_on_connection(now);
    exchange(connection, now);
}

void Worker::exchange(const Connection& connection, Instant now) {
    const Lifecycle& life = around_.lifecycle;
    const std::uint64_t missing = life.fetches ? fetch(now) * real_.load.response_bytes : 0;
    if (missing > 0) return attempts_.ended(connection.intended, closing_.hang_up(connection.held, missing, now));
    hold(connection, life.until_close + holds_.next(), now);
}

void Worker::hold(const Connection& connection, core::Duration open_for, Instant now) {
    if (open_for == core::Duration{0}) return request_over(connection, idle_from(now));
    if (are_in_disorder_) return put(closes_in_disorder_, now + open_for, connection);
    put(closes_, now + open_for, connection);
}

/// The relay's outbound connections: opened, used and closed by the origin at once; its TIME_WAIT is elsewhere. How
/// many requests are left when there is no port for the next.
std::uint32_t Worker::fetch(Instant now) {
    for (std::uint32_t left = around_.lifecycle.requests; left > 0; --left) {
        const Taken taken = around_.hosts.take(0, upstream_tuple_, now);
        if (!taken.pair) {
            ++tally_.upstream_without_port;
            return left;
        }
        around_.hosts.release(*taken.pair);
    }
    return 0;
}

/// Each host has a pool of its own.
std::size_t Worker::place_in_pool(const Origin& origin) const {
    return std::size_t{origin.host} * scenario::destination_count(real_.host) + origin.destination;
}

void Worker::request_over(const Connection& connection, Instant now) {
    if (!pool_) return close(connection, now);
    pool_or_dispose(connection, now);
}

void Worker::pool_or_dispose(Connection connection, Instant now) {
    if (connection.requests > 0) ++tally_.pool.reused;
    ++connection.requests;
    attempts_.ended(connection.intended, Outcome::ok);
    const std::size_t place = place_in_pool(connection.origin);
    if (!pool_->may_keep(place, connection.requests)) return dispose(connection, now);
    pool_->put(place, {connection, now});
    earliest_ = std::min(earliest_, now + real_.load.pool_idle);
}

void Worker::close_expired(Instant now) {
    while (auto idle = pool_->take_expired(now)) dispose(idle->connection, now);
}

/// A pooled connection is taken out of use.
void Worker::dispose(const Connection& connection, Instant now) {
    if (!real_.load.pool_drain) return closing_.close_unread(connection.held, now);
    closing_.close(connection.held, now);
}

void Worker::close(const Connection& connection, Instant now) {
    const Outcome outcome = closing_.close(connection.held, now);
    if (closing_.leaves_client_open()) return attempts_.parked();
    attempts_.ended(connection.intended, outcome);
}

}  // namespace portdrought::model
