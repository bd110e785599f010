#include "scenario/holding.hpp"

#include <algorithm>

#include "scenario/addresses.hpp"

namespace portdrought::scenario {
namespace {

using core::Closer;

bool resets(const Load& load) {
    constexpr std::chrono::seconds at_once{0};
    return load.linger == at_once || load.passive_linger == at_once || load.close_unread;
}

}  // namespace

Holding holding_of(const Scenario& scenario) {
    const Load& load = scenario.load;
    if (load.closer == Closer::never) return Holding::never_closed;
    // A client that never answers the server's FIN keeps its socket, and so its port, in CLOSE_WAIT.
    if (load.closer == Closer::server && !load.passive_closes && !resets(load)) return Holding::never_closed;
    if (resets(load) || leaves_responses_unread(scenario)) return Holding::by_reset;
    if (load.closer == Closer::server) return Holding::server_side;
    if (!load.passive_closes) return Holding::fin_wait_2;
    if (bind_reuses_time_wait(scenario.host)) return Holding::bound_reuse;
    if (bind_is_for_all(scenario.host)) return Holding::bound_port;
    return reuse_is_effective(scenario) ? Holding::reuse_delay : Holding::time_wait;
}

core::Duration host_holds_for(const Scenario& scenario, Holding holding) {
    const core::Duration time_wait = time_wait_length(scenario);
    switch (holding) {
        case Holding::time_wait:
        case Holding::bound_port: return time_wait;
        case Holding::reuse_delay: return std::min(time_wait, scenario.host.tw_reuse_delay);
        case Holding::fin_wait_2: return scenario.host.fin_timeout;
        case Holding::bound_reuse:
        case Holding::server_side:
        case Holding::by_reset: return core::Duration{0};
        case Holding::never_closed: return endless;
    }
    return time_wait;
}

core::Duration nat_holds_for(const Nat& nat, Holding holding) {
    if (holding == Holding::never_closed || holding == Holding::fin_wait_2) return endless;
    if (nat.evicts && nat.port_choice == NatPorts::preserve) return core::Duration{0};
    return holding == Holding::by_reset ? nat.after_reset : nat.after_fin;
}

core::Duration time_open(const Scenario& scenario) { return scenario.load.hold + scenario.server.read_delay; }

bool reuse_is_effective(const Scenario& scenario) {
    return !bind_takes_port(scenario.host) && tw_reuse_works(scenario);
}

bool leaves_responses_unread(const Scenario& scenario) {
    return scenario.load.pool_size > 0 && !scenario.load.pool_drain;
}

}  // namespace portdrought::scenario
