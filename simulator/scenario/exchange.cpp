#include "scenario/exchange.hpp"

namespace portdrought::scenario {

core::OfferPlan offer_plan(const Scenario& real_time) {
    const Load& load = real_time.load;
    return {load.rate, load.arrivals, load.duration, load.in_flight, load.timeout, real_time.lab.seed, load.admission};
}

core::PoolLimits pool_limits(const Scenario& real_time) {
    const Load& load = real_time.load;
    return {load.pool_size, load.pool_idle, load.pool_max_requests, load.pool_drain};
}

core::Exchange exchange_of(const Scenario& real_time) {
    core::Exchange exchange;
    exchange.request_bytes = real_time.load.request_bytes;
    exchange.response_bytes = real_time.load.response_bytes;
    exchange.requests = real_time.load.requests_per_connection;
    exchange.hold = real_time.load.hold;
    exchange.read_delay = real_time.server.read_delay;
    exchange.closer = real_time.load.closer;
    exchange.passive_closes = real_time.load.passive_closes;
    exchange.half_close = real_time.load.half_close;
    exchange.close_unread = real_time.load.close_unread;
    exchange.pooled = real_time.load.pool_size > 0;
    exchange.drained = real_time.load.pool_drain || !exchange.pooled;
    exchange.relays = real_time.server.kind == ServerKind::relay;
    return exchange;
}

core::Exchange upstream_of(core::Exchange exchange) {
    exchange.requests = 1;
    exchange.closer = core::Closer::server;
    exchange.hold = core::Duration{0};
    exchange.half_close = false;
    exchange.passive_closes = true;
    exchange.relays = false;
    return exchange;
}

}  // namespace portdrought::scenario
