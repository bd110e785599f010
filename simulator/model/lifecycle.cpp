#include "model/lifecycle.hpp"

#include <algorithm>

#include "scenario/exchange.hpp"

namespace portdrought::model {
namespace {

using core::Action, core::Duration, core::Side;

/// One side: how far it has come, by its own clock.
struct Player {
    core::ConnectionCycle cycle;
    Duration clock{0};
    std::uint64_t sent = 0, taken = 0;  // bytes
    Duration last_sent{0};
};

/// Goes on as far as it can; false when it could do nothing.
bool play(Player& me, const Player& peer) {
    using Kind = Action::Kind;
    bool moved = false;
    for (;; moved = true) {
        const Action action = me.cycle.action();
        switch (action.kind) {
            case Kind::send:
                me.sent += action.bytes;
                me.last_sent = me.clock;
                break;
            case Kind::receive:
                if (peer.sent < me.taken + action.bytes) return moved;
                me.taken += action.bytes;
                me.clock = std::max(me.clock, peer.last_sent);
                break;
            case Kind::await_data:
                if (peer.sent <= me.taken) return moved;
                me.clock = std::max(me.clock, peer.last_sent);
                break;
            case Kind::pause: me.clock += action.time; break;
            case Kind::fetch:
            case Kind::flush: break;
            default: return moved;  // from here on it is closing
        }
        me.cycle.done();
    }
}

bool is_zero(const std::optional<std::chrono::seconds>& linger) { return linger && linger->count() == 0; }

Lifecycle::End end_of(const scenario::Load& load) {
    using End = Lifecycle::End;
    if (load.closer == core::Closer::never) return End::stays_open;
    if (is_zero(load.linger) || load.close_unread) return End::reset;
    if (!load.passive_closes) return End::unanswered;
    if (is_zero(load.passive_linger)) return load.half_close ? End::passive_reset_read : End::passive_reset;
    return End::fin;
}

}  // namespace

Lifecycle lifecycle_of(const scenario::Scenario& real_time) {
    core::Exchange exchange = scenario::exchange_of(real_time);
    Lifecycle lifecycle;
    lifecycle.requests = exchange.requests;
    lifecycle.fetches = exchange.relays;
    lifecycle.closer = exchange.closer;
    lifecycle.end = end_of(real_time.load);
    lifecycle.by_unread_data = exchange.close_unread && !is_zero(real_time.load.linger);
    exchange.hold = Duration{0};  // each connection's own
    Player client{core::ConnectionCycle(Side::client, exchange)}, server{core::ConnectionCycle(Side::server, exchange)};
    while (play(client, server) || play(server, client)) {
    }
    lifecycle.until_close = exchange.closer == core::Closer::server   ? server.clock
                            : exchange.closer == core::Closer::client ? client.clock
                                                                      : std::max(client.clock, server.clock);
    return lifecycle;
}

}  // namespace portdrought::model
