#include "scenario/scenario.hpp"

#include "scenario/addresses.hpp"

namespace portdrought::scenario {

std::string full_name(const Scenario& scenario) {
    return scenario.variant.empty() ? scenario.name : scenario.name + ", " + scenario.variant;
}

std::string variant_name(const std::string& variant) { return variant.empty() ? "(as written)" : variant; }

bool is_linux(const Host& host) { return host.profile.starts_with("linux"); }

bool bind_takes_port(const Host& host) {
    return host.port_choice == PortChoice::bound || (host.bind_before_connect && !host.bind_address_no_port);
}

bool bind_shares_ports(const Host& host) {
    return bind_takes_port(host) && host.reuse_address &&
           (host.port_choice == PortChoice::bound || host.autobind_reuse);
}

bool bind_is_for_all(const Host& host) { return bind_takes_port(host) && !bind_shares_ports(host); }

bool bind_reuses_time_wait(const Host& host) { return bind_shares_ports(host) && host.timestamps; }

core::PortRange port_range(const Host& host) { return host.port_window.value_or(host.ports); }

std::uint64_t port_capacity(const Scenario& scenario) {
    const Host& host = scenario.host;
    const std::uint64_t per_tuple = core::usable_ports(port_range(host), host.reserved_ports);
    return per_tuple * host.sources * (bind_is_for_all(host) ? 1 : destination_count(host));
}

core::Duration compressed(const Scenario& scenario, core::Duration duration) {
    return core::from_seconds(core::seconds(duration) / scenario.lab.time_scale);
}

core::Duration time_wait_length(const Scenario& scenario) {
    return scenario.host.timed_wait_delay.value_or(std::chrono::seconds{60});
}

}  // namespace portdrought::scenario
