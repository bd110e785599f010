#include "scenario/scenario.hpp"

#include "scenario/addresses.hpp"

namespace portdrought::scenario {

std::uint64_t port_capacity(const Scenario& scenario) {
    const Host& host = scenario.host;
    const std::uint64_t per_tuple = core::usable_ports(host.ports, host.reserved_ports);
    return per_tuple * host.sources * (host.bind_before_connect ? 1 : destination_count(host));
}

core::Duration compressed(const Scenario& scenario, core::Duration duration) {
    return core::from_seconds(core::seconds(duration) / scenario.lab.time_scale);
}

core::Duration time_wait_length(const Scenario& scenario) {
    return scenario.host.timed_wait_delay.value_or(std::chrono::seconds{60});
}

}  // namespace portdrought::scenario
