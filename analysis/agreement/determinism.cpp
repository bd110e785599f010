#include "analysis/agreement/determinism.hpp"

#include "scenario/addresses.hpp"

namespace portdrought::agreement {
using scenario::Scenario;

bool has_a_drawn_load(const Scenario& scenario) {
    return scenario.load.arrivals != core::Arrivals::constant ||
           scenario.load.hold_distribution != core::HoldDistribution::constant;
}

namespace {

bool is_offered_evenly(const Scenario& s) { return s.load.rate && !has_a_drawn_load(s); }

/// A pair of the passive side is taken over by the first SYN that happens to come from its port.
bool reuses_pairs(const Scenario& s) {
    return s.load.closer == core::Closer::server || scenario::tw_reuse_works(s) ||
           scenario::bind_reuses_time_wait(s.host);
}

/// How many there are depends on which connections happened to be idle, or were lost on the way, or had their FIN
/// acknowledged just then, which an end that never closes puts off.
bool depends_on_moments(const Scenario& s) {
    return s.load.pool_size > 0 || s.server.drops_syn > 0 || s.server.kind == scenario::ServerKind::relay ||
           s.lab.descriptors || !s.server.accepts || !s.load.passive_closes;
}

/// What a closed connection leaves behind stays until the load is over, or for so long that the ports run out first.
bool keeps_what_is_closed(const Scenario& s) {
    const core::Duration length = scenario::time_wait_length(s);
    return length >= s.load.duration ||
           s.load.rate->per_second * core::seconds(length) >= static_cast<double>(scenario::port_capacity(s));
}

}  // namespace

bool is_deterministic(const Scenario& scenario) {
    return is_offered_evenly(scenario) && scenario.host.port_choice != scenario::PortChoice::random &&
           !reuses_pairs(scenario) && !depends_on_moments(scenario) && keeps_what_is_closed(scenario);
}

}  // namespace portdrought::agreement
