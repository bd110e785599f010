#include "load/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

namespace portdrought::load {
namespace {

/// The relay's outbound leg: the origin answers and closes first, as an HTTP/1.0 server does.
core::Exchange upstream_of(core::Exchange exchange) {
    exchange.requests = 1;
    exchange.closer = core::Closer::server;
    exchange.hold = core::Duration{0};
    exchange.relays = false;
    return exchange;
}

int pending_error(int fd) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

os::Endpoint local_endpoint(int fd) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    return {ntohl(address.sin_addr.s_addr), ntohs(address.sin_port)};
}

core::OfferPlan offer_plan(const scenario::Scenario& real_time) {
    const scenario::Load& load = real_time.load;
    return {load.rate, load.arrivals, load.duration, load.in_flight, load.timeout, real_time.lab.seed};
}

}  // namespace

Client::Client(const scenario::Scenario& real_time, unsigned share, std::vector<os::Endpoint> destinations,
               const core::Exchange& exchange, const Surroundings& around)
    : around_(around),
      exchange_(exchange),
      upstream_exchange_(upstream_of(exchange)),
      backoff_(real_time.load.retry_backoff),
      tries_(real_time.load.retries),
      may_meet_itself_(!real_time.server.listens),
      offer_(offer_plan(real_time), share, real_time.load.workers),
      connector_(real_time, std::move(destinations), real_time.server.kind == scenario::ServerKind::relay) {}

bool Client::start_next(core::Instant now) {
    using Decision = core::Offer::Decision;
    for (;;) {
        const core::Offer::Next next = offer_.take(now, open_attempts_);
        if (next.decision == Decision::nothing) return false;
        around_.live.attempts.add_one();
        if (next.decision == Decision::start) {
            start(now, next.intended);
            return true;
        }
        count(core::Outcome::late);
    }
}

void Client::abandon() {
    for (std::uint32_t left = open_attempts_ - parked_attempts_; left > 0; --left) count(core::Outcome::unfinished);
    open_attempts_ = parked_attempts_;
}

void Client::start(core::Instant now, core::Instant intended) {
    if (!offer_.is_closed_loop()) around_.tally.start_lag.add(now - intended);
    Connection& connection = take_slot();
    ++open_attempts_;
    connection.waits_for_me = nullptr;
    connection.closing = &around_.closing;
    connection.intended = intended;
    connection.tries_left = tries_;
    open(connection);
}

void Client::fetch_for(Connection& accepted) {
    Connection& connection = take_slot();
    connection.waits_for_me = &accepted;
    connection.closing = &around_.upstream_closing;
    connection.tries_left = 0;
    open(connection);
}

Connection& Client::take_slot() {
    if (free_.empty()) {
        free_.push_back(&slots_.emplace_back());
        free_.back()->party = this;
    }
    Connection& connection = *free_.back();
    free_.pop_back();
    ++connection.serial;
    around_.loop.arm_deadline(connection);
    connection.established = false;
    connection.gave_up = false;
    return connection;
}

void Client::open(Connection& connection) {
    connection.started = around_.loop.now();
    Opening opening =
        is_attempt(connection) ? connector_.open(connection.started) : connector_.open_upstream(connection.started);
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
    if (is_attempt(connection)) {
        around_.live.connected.add_one();
        around_.tally.connect.add(now - connection.started);
        if (!offer_.is_closed_loop()) around_.tally.connect_intended.add(now - connection.intended);
    }
    if (may_meet_itself_ && local_endpoint(connection.fd.get()) == connection.route.destination)
        ++around_.tally.self_connects;
    if (connection.closing->needs_tuples())
        connection.tuple = {local_endpoint(connection.fd.get()), connection.route.destination};
    server_->expect_connection(connection.route.destination);
    connection.begin(core::Side::client, is_attempt(connection) ? exchange_ : upstream_exchange_, false);
    advance(connection);
}

void Client::could_not_open(Connection& connection, Finding finding) {
    (is_attempt(connection) ? around_.tally.errors : around_.tally.relay_errors).add(finding);
    connection.fd.reset();
    connector_.released(connection.route, false, connection.started);
    if (connection.tries_left == 0) return finish(connection, core::outcome_of(finding.call, finding.error), false);
    --connection.tries_left;
    ++around_.tally.retries;
    around_.loop.after(backoff_, connection);
}

void Client::resume(Connection& connection) {
    if (!connection.fd.is_open()) return open(connection);  // the back-off is over
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
        case Pause::parked:
            ++parked_attempts_;
            ++connection.serial;
            return count(core::Outcome::ok);
        default: return broken_off(connection);  // the peer closed early, or a call failed
    }
}

void Client::broken_off(Connection& connection) {
    const Finding finding = connection.finding();
    core::Outcome outcome = core::Outcome::cut_short;
    if (finding.error != 0) {
        (is_attempt(connection) ? around_.tally.errors : around_.tally.relay_errors).add(finding);
        outcome = core::outcome_of(finding.call, finding.error);
    }
    connection.closing->peer_ended(connection, around_.tally.losses);
    finish(connection, outcome, false);
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
    finish(connection, outcome, connection.closing->leaves_time_wait());
}

void Client::finish(Connection& connection, core::Outcome outcome, bool holds_time_wait) {
    ++connection.serial;
    if (connector_.chooses_ports()) connector_.released(connection.route, holds_time_wait, around_.loop.now());
    free_.push_back(&connection);
    if (!is_attempt(connection)) return server_->fetched(*connection.waits_for_me, outcome == core::Outcome::ok);
    --open_attempts_;
    const bool no_port = outcome == core::Outcome::no_port_connect || outcome == core::Outcome::no_port_bind;
    if (no_port && !around_.tally.first_without_port) around_.tally.first_without_port = connection.intended;
    count(outcome);
}

void Client::count(core::Outcome outcome) { around_.live.outcomes[static_cast<std::size_t>(outcome)].add_one(); }

}  // namespace portdrought::load
