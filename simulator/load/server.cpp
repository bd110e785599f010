#include "load/server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "load/syn_filter.hpp"
#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::load {
namespace {

os::FileDescriptor listen_on(const os::Endpoint& endpoint, std::uint32_t backlog) {
    const std::string at = "listen on " + os::to_string(endpoint);
    os::FileDescriptor fd(
        os::check(at, ::socket(os::family_of(endpoint.address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
    const os::SocketAddress address(endpoint);
    os::check(at, ::bind(fd.get(), address.get(), address.size()));
    os::check(at, ::listen(fd.get(), static_cast<int>(backlog)));
    return fd;
}

/// What the relay's upstream does: answers one request and closes first.
core::Exchange origin_exchange(core::Exchange exchange) {
    exchange.requests = 1;
    exchange.closer = core::Closer::server;
    exchange.hold = core::Duration{0};
    exchange.half_close = false;
    exchange.passive_closes = true;
    exchange.read_delay = core::Duration{0};
    exchange.relays = false;
    return exchange;
}

/// A further request on a connection that is in use already: the server is reading.
core::Exchange next_request(core::Exchange exchange) {
    exchange.read_delay = core::Duration{0};
    return exchange;
}

}  // namespace

Server::Server(const scenario::Scenario& real_time, const std::vector<os::Endpoint>& endpoints,
               const core::Exchange& exchange, const Surroundings& around, Client& client, core::HoldTimes holds)
    : around_(around),
      client_(client),
      accepts_(real_time.server.accepts),
      holds_(std::move(holds)),
      next_request_(next_request(exchange)) {
    listeners_.reserve(endpoints.size());
    for (const os::Endpoint& endpoint : endpoints) {
        const bool is_upstream = exchange.relays && &endpoint == &endpoints.back();
        if (!real_time.server.listens && !is_upstream) continue;
        listeners_.push_back(
            {endpoint, listen_on(endpoint, real_time.server.backlog), exchange, &around_.closing, is_upstream});
        if (real_time.server.drops_syn > 0 && !is_upstream)
            drop_syns(listeners_.back().fd.get(), real_time.server.drops_syn);
    }
    if (exchange.relays) {
        listeners_.back().exchange = origin_exchange(exchange);
        listeners_.back().closing = &around_.upstream_closing;
    }
    client_.connect_to(*this);
}

void Server::expect_connection(const os::Endpoint& listener) {
    // Few listeners per worker; destinations come in turn, so a search from the front is short enough.
    const auto found = std::ranges::find(listeners_, listener, &Listener::endpoint);
    if (found == listeners_.end() || !accepts_) return;  // a self-connect, or a connection that stays in the backlog
    ++found->expected;
    ++expected_;
}

void Server::accept_expected() {
    if (expected_ == 0) return;
    for (Listener& listener : listeners_)
        if (listener.expected > 0 && !listener.watched) accept_from(listener);
}

void Server::accept_from(Listener& listener) {
    while (listener.expected > 0) {
        os::SocketAddress peer;
        os::FileDescriptor fd(
            ::accept4(listener.fd.get(), peer.get(), peer.size_place(), SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!fd.is_open()) {
            if (errno == EAGAIN) return watch(listener);
            if (!std::exchange(listener.refused, true)) around_.tally.errors.add({core::Call::accept, errno});
            return;  // EMFILE and the like: tried again in the next turn
        }
        listener.refused = false;
        --listener.expected;
        --expected_;
        serve(listener, std::move(fd), peer.endpoint());
    }
}

void Server::watch(Listener& listener) {
    listener.watched = true;
    around_.loop.when_readable(listener.fd.get(), [this, &listener] {
        listener.watched = false;
        accept_from(listener);
    });
}

void Server::serve(Listener& listener, os::FileDescriptor fd, const os::Endpoint& peer) {
    if (free_.empty()) {
        free_.push_back(&slots_.emplace_back());
        free_.back()->party = this;
    }
    Connection& connection = *free_.back();
    free_.pop_back();
    ++connection.serial;
    ++active_;
    connection.fd = std::move(fd);
    connection.tuple = {listener.endpoint, peer};
    connection.closing = listener.closing;
    if (!listener.is_upstream) listener.exchange.hold = holds_.next();
    connection.begin(core::Side::server, listener.exchange, true);
    advance(connection);
}

void Server::resume(Connection& connection) {
    if (connection.action().kind == core::Action::Kind::pause) connection.done();
    advance(connection);
}

void Server::advance(Connection& connection) {
    Pause pause = connection.advance();
    while (pause == Pause::request_over) {
        connection.begin_next(next_request_);
        pause = connection.advance();
    }
    if (around_.loop.waits(connection, pause)) return;
    switch (pause) {
        case Pause::fetch: return client_.fetch_for(connection);
        case Pause::closing: return connection.closing->close_actively(connection);
        case Pause::answering: connection.closing->close_passively(connection); return finish(connection);
        case Pause::parked: --active_; return;  // its socket stays open until the run ends
        default:
            connection.closing->peer_ended(connection, around_.tally.losses);
            return finish(connection);  // closed early, or a call failed
    }
}

void Server::fetched(Connection& accepted, bool ok) {
    if (ok) {
        accepted.done();
        around_.loop.soon(accepted);
        return;
    }
    // A proxy without an upstream hangs up on its client.
    accepted.closing->close_actively(accepted);
}

void Server::finish(Connection& connection) {
    ++connection.serial;
    free_.push_back(&connection);
    --active_;
}

}  // namespace portdrought::load
