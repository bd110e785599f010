#include "analysis/laws/prediction.hpp"

#include <algorithm>

#include "analysis/laws/capacity.hpp"
#include "analysis/laws/load_peak.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::laws {
namespace {

using core::Closer;

/// Sockets that never connect take ports of the whole range from every source and destination; a window has its part.
std::uint64_t capacity_of(const scenario::Scenario& scenario) {
    const scenario::Host& host = scenario.host;
    const std::uint64_t all = scenario::port_capacity(scenario);
    const std::uint64_t range = core::usable_ports(host.ports, host.reserved_ports);
    return range == 0 ? 0 : all - all * std::min<std::uint64_t>(host.unconnected_ports, range) / range;
}

/// A slot is free again after the time open, or never within a shorter run; the exchange is short beside it.
std::optional<double> slots_rate(const scenario::Load& load, core::Duration open) {
    if (load.closer == Closer::never || open <= core::Duration{0}) return std::nullopt;
    return sustainable_rate(load.in_flight, std::min(open, load.duration));
}

}  // namespace

std::optional<core::Rate> connections_offered(const scenario::Scenario& scenario) {
    const scenario::Load& load = scenario.load;
    if (!load.rate || (load.pool_size > 0 && !leaves_responses_unread(scenario))) return std::nullopt;
    const core::Rate most = load.admission.value_or(*load.rate);
    return core::Rate{std::min(load.rate->per_second, most.per_second)};
}

bool keeps_fewer_than(double pairs, const scenario::Scenario& scenario, Holding holding) {
    if (holding != Holding::time_wait && holding != Holding::bound_port) return false;
    const double entries_each = scenario.load.closer == Closer::both ? 2 : 1;
    return scenario.host.max_time_wait < entries_each * pairs;
}

Prediction predict(const scenario::Scenario& scenario) {
    Prediction result;
    result.capacity = capacity_of(scenario);
    result.holding = scenario::holding_of(scenario);
    result.open = scenario::time_open(scenario);
    result.after_close = scenario::host_holds_for(scenario, result.holding);
    result.offered = connections_offered(scenario);
    result.answered = scenario.server.listens && scenario.server.accepts;
    result.pooled = scenario.load.pool_size > 0 && !leaves_responses_unread(scenario);
    if (!result.pooled) result.slots_per_s = slots_rate(scenario.load, result.open);
    result.sustainable_per_s =
        result.holding == Holding::never_closed ? 0 : sustainable_rate(result.capacity, result.residence());
    if (!result.offered || !result.answered) return result;
    const core::Rate opened{
        std::min(result.offered->per_second, result.slots_per_s.value_or(result.offered->per_second))};
    const auto slots = static_cast<double>(scenario.load.in_flight);
    const bool keeps_slots = scenario.load.closer == Closer::never;
    const core::Duration seen = std::min(result.residence(), std::max(scenario.load.duration, core::Duration{0}));
    const bool endless = result.holding == Holding::never_closed;
    result.pairs_wanted = little(opened, endless ? seen : result.residence());
    if (keeps_slots) result.pairs_wanted = std::min(*result.pairs_wanted, slots);
    if (varies(scenario.load)) result.pairs_at_most = pairs_at_most(scenario.load, opened, result.residence());
    const bool slots_end_first = keeps_slots && scenario.load.in_flight <= result.capacity;
    if (!slots_end_first && !keeps_fewer_than(static_cast<double>(result.capacity), scenario, result.holding))
        result.exhaustion = time_to_fill(scenario.load, result.capacity, opened, result.residence());
    return result;
}

}  // namespace portdrought::laws
