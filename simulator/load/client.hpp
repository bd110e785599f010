// The generator's side: turns the pacer's due times into attempts, follows each to its one outcome, and lends the
// relay its outbound connections. In-flight attempts are bounded; an attempt without a slot is late, never dropped.
// With a pool an attempt is one request, and its connection may outlive it: idle ones take no slot.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/attempts.hpp"
#include "core/hold_times.hpp"
#include "core/live_counters.hpp"
#include "core/pool.hpp"
#include "load/closing.hpp"
#include "load/connection.hpp"
#include "load/connector.hpp"
#include "load/loop.hpp"
#include "load/tally.hpp"
#include "os/file_descriptor.hpp"
#include "os/net/tuple.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::load {

/// A pooled connection nobody uses at the moment, with what its next user has to know.
struct IdleConnection {
    os::FileDescriptor fd;
    Route route;
    os::Tuple tuple;
    std::uint32_t requests = 0;  // served so far
    core::Instant since{0};
};

/// What every part of one worker shares; the worker owns all of it.
struct Surroundings {
    Loop& loop;
    Closing& closing;           // of the generator's connections
    Closing& upstream_closing;  // of the relay's outbound ones
    core::LiveCounters& live;
    Tally& tally;
};

/// Told about connections that will come out of a listener, and about fetches that are over.
class ConnectionSink {
public:
    ConnectionSink() = default;
    ConnectionSink(const ConnectionSink&) = delete;
    ConnectionSink& operator=(const ConnectionSink&) = delete;
    virtual ~ConnectionSink() = default;
    virtual void expect_connection(const os::Endpoint& listener) = 0;
    virtual void fetched(Connection& accepted, bool ok) = 0;
};

class Client final : public Party {
public:
    /// `share` of `shares` equal workers; `destinations` as for Connector.
    Client(const scenario::Scenario& real_time, unsigned share, std::vector<os::Endpoint> destinations,
           const core::Exchange& exchange, const Surroundings& around);

    void connect_to(ConnectionSink& server) { server_ = &server; }

    /// Starts at most one attempt that is due at `now`; false if there is none to start.
    bool start_next(core::Instant now);
    /// When start_next() or close_expired() next has something to do; nothing once the load is over or while a slot has
    /// to come free first.
    core::MaybeInstant next_due(core::Instant now) const;
    bool finished(core::Instant now) const { return attempts_.are_over(now); }
    /// Closes pooled connections whose time is over. Those left when the load ends stay open until the run ends.
    void close_expired(core::Instant now);
    /// Open connections without an attempt: the pool's.
    std::size_t idle_connections() const { return pool_ ? pool_->size() : 0; }
    /// Ends the run at once: attempts under way count as unfinished.
    void abandon() { attempts_.abandon(); }

    /// Opens the relay's connection to its upstream on behalf of `accepted`.
    void fetch_for(Connection& accepted);

    void resume(Connection& connection) override;
    void timed_out(Connection& connection) override;
    void closed(Connection& connection) override;

private:
    void start(core::Instant intended);
    void attempt(Connection& connection);
    void reuse(Connection& connection, IdleConnection idle);
    void open(Connection& connection, const Route& route);
    void opened(Connection& connection, Opening opening);
    void handshake_over(Connection& connection);
    void established(Connection& connection, core::Instant now);
    void could_not_open(Connection& connection, Finding finding);
    void advance(Connection& connection);
    void broken_off(Connection& connection);
    void request_over(Connection& connection);
    void try_anew(Connection& connection);
    void dispose(Connection& connection);
    void finish(Connection& connection, core::Outcome outcome, bool holds_time_wait);
    Connection& take_slot();
    const core::Exchange& next_exchange();
    bool is_attempt(const Connection& connection) const { return connection.waits_for_me == nullptr; }

    const Surroundings around_;
    core::Exchange exchange_;
    core::HoldTimes holds_;
    core::Exchange upstream_exchange_;
    core::Duration backoff_;
    std::uint32_t tries_;
    bool may_meet_itself_;  // nobody has the destination's port, so it may become the source port
    core::Attempts attempts_;
    Connector connector_;
    std::optional<core::Pool<IdleConnection>> pool_;
    ConnectionSink* server_ = nullptr;
    std::deque<Connection> slots_;
    std::vector<Connection*> free_;
};

}  // namespace portdrought::load
