#include "scenario/port_rules.hpp"

#include <optional>

#include "scenario/keys/value_text.hpp"

namespace portdrought::scenario {
namespace {

using Found = std::optional<Finding>;

std::string quoted(const std::string& text) { return '"' + text + '"'; }

/// First listening port that connect() could take as a source port.
std::optional<std::uint32_t> exposed_port(const Host& host, std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t port = first; port < first + count && port <= 65535; ++port) {
        const auto candidate = static_cast<std::uint16_t>(port);
        if (host.ports.contains(candidate) && !core::contains(host.reserved_ports, candidate)) return port;
    }
    return std::nullopt;
}

/// `count` ports beside the range, or nothing when it leaves no room.
std::string port_outside(const core::PortRange& range, std::uint32_t count) {
    if (range.last + count <= 65535) return "write a port outside, such as " + std::to_string(range.last + 1U);
    if (range.first > 1024U + count) return "write a port outside, such as " + std::to_string(range.first - count);
    return "narrow host.ports";
}

std::string exposed(const Host& host, std::uint32_t port, std::uint32_t count) {
    return "port " + std::to_string(port) + " lies inside host.ports " + quoted(to_text(host.ports)) +
           ", where a connection may take it; " + port_outside(host.ports, count) +
           ", or reserve it in host.reserved_ports";
}

Found the_server_stays_out_of_the_port_range(const Scenario& s) {
    const auto port = exposed_port(s.host, s.server.port, s.host.destinations);
    if (!port || !s.server.listens) return {};  // where nobody listens, a connection that meets itself is the question
    return Finding{{"server.port", "host.ports", "host.destinations", "host.reserved_ports"},
                   exposed(s.host, *port, s.host.destinations)};
}

Found the_upstream_stays_out_of_the_port_range(const Scenario& s) {
    const auto port = exposed_port(s.host, s.server.upstream_port, 1);
    if (!port || s.server.kind != ServerKind::relay) return {};
    return Finding{{"server.upstream_port", "host.ports", "host.reserved_ports", "server.kind"},
                   exposed(s.host, *port, 1)};
}

Found the_last_destination_is_a_port(const Scenario& s) {
    const std::uint32_t last = s.server.port + s.host.destinations - 1;
    if (last <= 65535) return {};
    return Finding{{"server.port", "host.destinations"},
                   std::to_string(s.host.destinations) + " destinations from port " + std::to_string(s.server.port) +
                       " on end at " + std::to_string(last) + "; write " + std::to_string(65536 - s.host.destinations) +
                       " or less"};
}

Found some_port_is_left(const Scenario& s) {
    if (core::usable_ports(s.host.ports, s.host.reserved_ports) > 0) return {};
    return Finding{{"host.reserved_ports", "host.ports"},
                   quoted(core::to_string(s.host.reserved_ports)) + " leaves no port of host.ports " +
                       quoted(to_text(s.host.ports)) + "; reserve fewer"};
}

Found silent_sockets_leave_a_port(const Scenario& s) {
    const std::uint64_t usable = core::usable_ports(s.host.ports, s.host.reserved_ports);
    if (s.host.unconnected_ports == 0 || s.host.unconnected_ports < usable) return {};
    return Finding{{"host.unconnected_ports", "host.ports", "host.reserved_ports"},
                   std::to_string(s.host.unconnected_ports) + " sockets that never connect leave none of " +
                       std::to_string(usable) + " ports; write fewer than " + std::to_string(usable)};
}

Found only_a_sequence_has_a_first_port(const Scenario& s) {
    if (!s.host.first_port || s.host.port_choice == PortChoice::sequential) return {};
    return Finding{
        {"host.first_port", "host.port_choice"},
        "only sequential choice has a first port; write host.port_choice = \"sequential\", or \"lowest\" here"};
}

Found the_first_port_is_in_the_range(const Scenario& s) {
    if (!s.host.first_port || s.host.ports.contains(*s.host.first_port)) return {};
    return Finding{{"host.first_port", "host.ports"},
                   std::to_string(*s.host.first_port) + " is not in host.ports " + quoted(to_text(s.host.ports)) +
                       "; write a port of that range, or \"lowest\""};
}

Found only_the_kernel_chooses_at_bind(const Scenario& s) {
    if (!s.host.bind_before_connect || s.host.port_choice == PortChoice::kernel) return {};
    return Finding{
        {"host.bind_before_connect", "host.port_choice"},
        "bind(address, 0) leaves the choice to the kernel; write host.port_choice = \"kernel\", or false here"};
}

Found the_relay_is_not_its_own_upstream(const Scenario& s) {
    const bool same_port =
        s.server.port <= s.server.upstream_port && s.server.upstream_port < s.server.port + s.host.destinations;
    if (s.server.kind != ServerKind::relay || s.server.address != s.server.upstream_address || !same_port) return {};
    return Finding{
        {"server.upstream_port", "server.upstream_address", "server.port", "server.address", "host.destinations"},
        "the relay would connect to itself at " + s.server.address + ':' + std::to_string(s.server.upstream_port) +
            "; write another port or address"};
}

// The program remembers each port of each pair of addresses, 8 bytes each.
Found the_program_can_remember_its_ports(const Scenario& s) {
    constexpr std::uint64_t most = 4'000'000;
    if (s.host.port_choice == PortChoice::kernel || port_capacity(s) <= most) return {};
    return Finding{{"host.port_choice", "host.sources", "host.destinations", "host.ports"},
                   "the program would have to remember " + std::to_string(port_capacity(s)) + " tuples and can " +
                       std::to_string(most) + "; write \"kernel\", or fewer sources, destinations or ports"};
}

using Rule = Found (*)(const Scenario&);

constexpr Rule rules[] = {
    the_server_stays_out_of_the_port_range,
    the_upstream_stays_out_of_the_port_range,
    the_last_destination_is_a_port,
    some_port_is_left,
    silent_sockets_leave_a_port,
    only_a_sequence_has_a_first_port,
    the_first_port_is_in_the_range,
    only_the_kernel_chooses_at_bind,
    the_relay_is_not_its_own_upstream,
    the_program_can_remember_its_ports,
};

}  // namespace

std::vector<Finding> port_findings(const Scenario& scenario) {
    std::vector<Finding> all;
    for (const Rule rule : rules) {
        if (auto finding = rule(scenario)) all.push_back(std::move(*finding));
    }
    return all;
}

}  // namespace portdrought::scenario
