#include "load/client.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "os/net/socket_address.hpp"
#include "scenario/exchange.hpp"

namespace portdrought::load {
namespace {

int pending_error(int fd) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

/// Without any other reason than that the peer is gone.
bool is_end_of_connection(Finding finding) {
    return finding.error == 0 || finding.error == ECONNRESET || finding.error == EPIPE;
}

}  // namespace

Client::Client(const scenario::Scenario& real_time, unsigned share, std::vector<os::Endpoint> destinations,
               const core::Exchange& exchange, const Surroundings& around)
    : around_(around),
      exchange_(exchange),
      holds_(scenario::hold_times(real_time, core::Side::client, share)),
      upstream_exchange_(scenario::upstream_of(exchange)),
      backoff_(real_time.load.retry_backoff),
      tries_(real_time.load.retries),
      may_meet_itself_(!real_time.server.listens),
      attempts_(scenario::offer_plan(real_time), share, real_time.load.workers, around.live, around.tally.attempts),
      connector_(real_time, std::move(destinations), real_time.server.kind == scenario::ServerKind::relay) {
    if (real_time.load.pool_size > 0)
        pool_.emplace(scenario::pool_limits(real_time), connector_.destinations(), around_.tally.pool);
}

bool Client::start_next(core::Instant now) {
    const auto intended = attempts_.start_next(now);
    if (intended) start(*intended);
    return static_cast<bool>(intended);
}

core::MaybeInstant Client::next_due(core::Instant now) const {
    const core::MaybeInstant attempt = attempts_.next_due(now);
    const auto expiry = pool_ ? pool_->next_due() : std::nullopt;
    return expiry ? std::min(attempt.or_never(), *expiry) : attempt;
}

void Client::close_expired(core::Instant now) {
    if (!pool_) return;
    while (auto idle = pool_->take_expired(now)) {
        Connection& connection = take_slot();
        connection.waits_for_me = nullptr;
        connection.closing = &around_.closing;
        connection.fd = std::move(idle->fd);
        connection.route = idle->route;
        connection.tuple = idle->tuple;
        dispose(connection);
    }
}

void Client::start(core::Instant intended) {
    Connection& connection = take_slot();
    connection.waits_for_me = nullptr;
    connection.closing = &around_.closing;
    connection.intended = intended;
    connection.tries_left = tries_;
    around_.loop.arm_deadline(connection);
    attempt(connection);
}

void Client::fetch_for(Connection& accepted) {
    Connection& connection = take_slot();
    connection.waits_for_me = &accepted;
    connection.closing = &around_.upstream_closing;
    connection.tries_left = 0;
    around_.loop.arm_deadline(connection);
    connection.started = around_.loop.now();
    opened(connection, connector_.open_upstream(connection.started));
}

Connection& Client::take_slot() {
    if (free_.empty()) {
        free_.push_back(&slots_.emplace_back());
        free_.back()->party = this;
    }
    Connection& connection = *free_.back();
    free_.pop_back();
    ++connection.serial;
    connection.established = false;
    connection.gave_up = false;
    connection.is_disposed = false;
    connection.requests = 0;
    return connection;
}

/// With a hold of its own for each connection.
const core::Exchange& Client::next_exchange() {
    exchange_.hold = holds_.next();
    return exchange_;
}

void Client::attempt(Connection& connection) {
    const Route route = connector_.next_route();
    if (pool_)
        if (auto idle = pool_->take(route.destination_index)) return reuse(connection, std::move(*idle));
    open(connection, route);
}

void Client::reuse(Connection& connection, IdleConnection idle) {
    connection.fd = std::move(idle.fd);
    connection.route = idle.route;
    connection.tuple = idle.tuple;
    connection.requests = idle.requests;
    connection.established = true;
    connection.begin(core::Side::client, next_exchange(), false);
    advance(connection);
}

void Client::open(Connection& connection, const Route& route) {
    connection.started = around_.loop.now();
    opened(connection, connector_.open(route, connection.started));
}

void Client::opened(Connection& connection, Opening opening) {
    const core::Instant now = around_.loop.now();
    around_.tally.in_connect += now - connection.started;
    connection.fd = std::move(opening.fd);
    connection.route = opening.route;
    if (opening.finding) return could_not_open(connection, *opening.finding);
    if (opening.established) return established(connection, now);
    around_.loop.when(connection, Reactor::Direction::write);
}

void Client::handshake_over(Connection& connection) {
    if (const int error = pending_error(connection.fd.get()); error != 0) {
        return could_not_open(connection, {core::Call::connect, error});
    }
    established(connection, around_.loop.now());
}

void Client::established(Connection& connection, core::Instant now) {
    connection.established = true;
    if (is_attempt(connection)) attempts_.connected(connection.intended, connection.started, now);
    if (may_meet_itself_ && os::local_endpoint(connection.fd.get()) == connection.route.destination)
        ++around_.tally.self_connects;
    if (connection.closing->needs_tuples())
        connection.tuple = {os::local_endpoint(connection.fd.get()), connection.route.destination};
    server_->expect_connection(connection.route.destination);
    connection.begin(core::Side::client, is_attempt(connection) ? next_exchange() : upstream_exchange_, false);
    advance(connection);
}

void Client::could_not_open(Connection& connection, Finding finding) {
    (is_attempt(connection) ? around_.tally.errors : around_.tally.relay_errors).add(finding);
    connection.fd.reset();
    connector_.released(connection.route, false, connection.started);
    if (connection.tries_left == 0) return finish(connection, core::outcome_of(finding.call, finding.error), false);
    --connection.tries_left;
    attempts_.retried();
    around_.loop.after(backoff_, connection);
}

void Client::resume(Connection& connection) {
    if (!connection.fd.is_open()) return attempt(connection);  // the back-off is over
    if (!connection.established) return handshake_over(connection);
    if (connection.action().kind == core::Action::Kind::pause) connection.done();
    advance(connection);
}

void Client::advance(Connection& connection) {
    const Pause pause = connection.advance();
    if (around_.loop.waits(connection, pause)) return;
    switch (pause) {
        case Pause::closing: return connection.closing->close_actively(connection);
        case Pause::answering:
            connection.closing->close_passively(connection);
            return finish(connection, core::Outcome::ok, false);
        case Pause::request_over: return request_over(connection);
        case Pause::parked: ++connection.serial; return attempts_.parked();
        default: return broken_off(connection);  // the peer closed early, or a call failed
    }
}

void Client::broken_off(Connection& connection) {
    const Finding finding = connection.finding();
    if (connection.requests > 0 && connection.has_received_nothing() && is_end_of_connection(finding))
        return try_anew(connection);
    core::Outcome outcome = core::Outcome::cut_short;
    if (finding.error != 0) {
        (is_attempt(connection) ? around_.tally.errors : around_.tally.relay_errors).add(finding);
        outcome = core::outcome_of(finding.call, finding.error);
    }
    connection.closing->peer_ended(connection, around_.tally.losses);
    finish(connection, outcome, false);
}

void Client::request_over(Connection& connection) {
    if (connection.requests > 0) ++around_.tally.pool.reused;
    ++connection.requests;
    attempts_.ended(connection.intended, core::Outcome::ok);
    const std::size_t destination = connection.route.destination_index;
    if (!pool_->may_keep(destination, connection.requests)) return dispose(connection);
    pool_->put(destination,
               {std::move(connection.fd), connection.route, connection.tuple, connection.requests, around_.loop.now()});
    ++connection.serial;
    free_.push_back(&connection);
}

// The peer closed the connection while it was idle, or this very moment; every pool has to expect that. The request
// goes out again, once, because the connection it goes out on is a new one.
void Client::try_anew(Connection& connection) {
    if (connection.finding().error != 0) around_.tally.errors.add(connection.finding());
    attempts_.retried();
    connection.closing->peer_left(connection);
    connector_.released(connection.route, false, around_.loop.now());
    connection.established = false;
    connection.requests = 0;
    Route route = connection.route;
    route.source.port = 0;
    open(connection, route);
}

void Client::dispose(Connection& connection) {
    connection.is_disposed = true;
    connection.closing->close_actively(connection);
}

void Client::timed_out(Connection& connection) {
    around_.loop.cancel(connection);
    connection.gave_up = true;
    if (connection.established) return connection.closing->close_actively(connection);
    connection.fd.reset();
    finish(connection, core::Outcome::timeout, false);
}

void Client::closed(Connection& connection) {
    const core::Outcome outcome = connection.gave_up ? core::Outcome::timeout : core::Outcome::ok;
    finish(connection, outcome, connection.closing->leaves_time_wait() && exchange_.drained);
}

void Client::finish(Connection& connection, core::Outcome outcome, bool holds_time_wait) {
    ++connection.serial;
    if (connector_.chooses_ports()) connector_.released(connection.route, holds_time_wait, around_.loop.now());
    free_.push_back(&connection);
    if (connection.is_disposed) return;
    if (!is_attempt(connection)) return server_->fetched(*connection.waits_for_me, outcome == core::Outcome::ok);
    attempts_.ended(connection.intended, outcome);
}

}  // namespace portdrought::load
