#include "scenario/port_rules.hpp"

#include <algorithm>
#include <optional>

#include "scenario/addresses.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/rule_list.hpp"

namespace portdrought::scenario {
namespace {

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
    const auto port = exposed_port(s.host, s.server.upstream_port, s.load.workers);
    if (!port || s.server.kind != ServerKind::relay) return {};
    return Finding{{"server.upstream_port", "host.ports", "host.reserved_ports", "server.kind", "load.workers"},
                   exposed(s.host, *port, s.load.workers)};
}

Found the_last_destination_is_a_port(const Scenario& s) {
    const std::uint32_t last = s.server.port + s.host.destinations - 1;
    if (last <= 65535) return {};
    return Finding{{"server.port", "host.destinations"},
                   std::to_string(s.host.destinations) + " destinations from port " + std::to_string(s.server.port) +
                       " on end at " + std::to_string(last) + "; write " + std::to_string(65536 - s.host.destinations) +
                       " or less"};
}

Found the_last_upstream_is_a_port(const Scenario& s) {
    const std::uint32_t last = s.server.upstream_port + s.load.workers - 1;
    if (s.server.kind != ServerKind::relay || last <= 65535) return {};
    return Finding{{"server.upstream_port", "load.workers"},
                   std::to_string(s.load.workers) + " workers from port " + std::to_string(s.server.upstream_port) +
                       " on end at " + std::to_string(last) + "; write " + std::to_string(65536 - s.load.workers) +
                       " or less"};
}

Found every_server_address_exists(const Scenario& s) {
    const core::Address first = address_of(s.server.address);
    const std::uint32_t count = s.host.destination_addresses;
    const core::Address last = first.plus(count - 1);
    if (is_server_address(last) && first <= last) return {};
    const bool is_ipv4 = first.is_ipv4();
    return Finding{{"host.destination_addresses", "server.address"},
                   std::to_string(count) + " addresses from " + core::to_string(first) +
                       (is_ipv4 ? " on leave 127.0.0.0/8" : " on are not all of fd00::/64 (in its last four bytes)") +
                       "; write server.address = " + quoted(is_ipv4 ? "127.0.0.1" : "fd00::1") + ", or fewer"};
}

// Each is a listener, searched for at every connection, and an entry in every census of the record.
Found the_destinations_are_not_too_many(const Scenario& s) {
    constexpr std::uint32_t most = 256;
    if (destination_count(s.host) <= most) return {};
    return Finding{{"host.destination_addresses", "host.destinations"},
                   std::to_string(s.host.destination_addresses) + " addresses with " +
                       std::to_string(s.host.destinations) + " ports each are " +
                       std::to_string(destination_count(s.host)) + " destinations, of " + std::to_string(most) +
                       " at most; write " + std::to_string(most / s.host.destinations) + " or less"};
}

Found the_upstream_is_of_the_servers_family(const Scenario& s) {
    const bool upstream_is_ipv6 = !address_of(s.server.upstream_address).is_ipv4();
    if (s.server.kind != ServerKind::relay || upstream_is_ipv6 == is_ipv6(s)) return {};
    return Finding{{"server.upstream_address", "server.address", "server.kind"},
                   quoted(s.server.upstream_address) + " is " + (upstream_is_ipv6 ? "IPv6" : "IPv4") +
                       " and server.address " + quoted(s.server.address) +
                       " is not; write an address of the same family, such as " +
                       quoted(upstream_is_ipv6 ? "127.0.1.1" : "fd00::1:1")};
}

Found some_port_is_left(const Scenario& s) {
    if (core::usable_ports(s.host.ports, s.host.reserved_ports) > 0) {
        if (!s.host.port_window || core::usable_ports(*s.host.port_window, s.host.reserved_ports) > 0) return {};
        return Finding{{"host.port_window", "host.reserved_ports"},
                       quoted(to_text(*s.host.port_window)) +
                           " holds reserved ports only; write other ports, or reserve "
                           "fewer"};
    }
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
    const bool in_order = s.host.port_choice == PortChoice::sequential || s.host.port_choice == PortChoice::bound;
    if (!s.host.first_port || in_order) return {};
    return Finding{{"host.first_port", "host.port_choice"},
                   "only ports taken one after the other have a first one; write host.port_choice = \"sequential\" or "
                   "\"bound\", or \"lowest\" here"};
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

Found only_a_bind_can_leave_the_port_open(const Scenario& s) {
    if (!s.host.bind_address_no_port || s.host.bind_before_connect) return {};
    return Finding{
        {"host.bind_address_no_port", "host.bind_before_connect"},
        "is about bind(address, 0), which this client does not call; write host.bind_before_connect = true, or "
        "false here"};
}

// connect() passes over ports that bind() has taken, shared or not (Linux __inet_hash_connect(), fastreuse).
Found only_a_bind_of_a_port_reuses_addresses(const Scenario& s) {
    if (!s.host.reuse_address || bind_takes_port(s.host)) return {};
    return Finding{{"host.reuse_address", "host.port_choice", "host.bind_before_connect", "host.bind_address_no_port"},
                   "acts where bind() takes a port, and here connect() does; write host.port_choice = \"bound\", or "
                   "false here"};
}

Found the_window_is_in_the_range(const Scenario& s) {
    const auto& window = s.host.port_window;
    if (!window || (s.host.ports.contains(window->first) && s.host.ports.contains(window->last))) return {};
    return Finding{{"host.port_window", "host.ports"},
                   quoted(to_text(*window)) + " is not inside host.ports " + quoted(to_text(s.host.ports)) +
                       ", and the kernel heeds only what is; write ports of that range, or \"off\""};
}

Found a_window_is_for_the_kernels_choice(const Scenario& s) {
    if (!s.host.port_window || s.host.port_choice == PortChoice::kernel) return {};
    return Finding{{"host.port_window", "host.port_choice"},
                   "limits the kernel's choice, and here the program chooses; write host.port_choice = \"kernel\", or "
                   "\"off\" here and narrower host.ports"};
}

Found the_relay_is_not_its_own_upstream(const Scenario& s) {
    const core::Address server = address_of(s.server.address), upstream = address_of(s.server.upstream_address);
    const bool same_address =
        upstream.is_near(server) && upstream.last_four() - server.last_four() < s.host.destination_addresses;
    const bool same_port = s.server.port < s.server.upstream_port + s.load.workers &&
                           s.server.upstream_port < s.server.port + s.host.destinations;
    if (s.server.kind != ServerKind::relay || !same_address || !same_port) return {};
    return Finding{{"server.upstream_port", "server.upstream_address", "server.port", "server.address",
                    "host.destinations", "host.destination_addresses", "load.workers"},
                   "the relay would connect to itself at " +
                       endpoint_text(upstream, std::max(s.server.upstream_port, s.server.port)) +
                       "; write another port or address"};
}

// The program remembers each port of each pair of addresses, 8 bytes each.
Found the_program_can_remember_its_ports(const Scenario& s) {
    constexpr std::uint64_t most = 4'000'000;
    if (s.host.port_choice == PortChoice::kernel || port_capacity(s) <= most) return {};
    return Finding{
        {"host.port_choice", "host.sources", "host.destinations", "host.destination_addresses", "host.ports"},
        "the program would have to remember " + std::to_string(port_capacity(s)) + " tuples and can " +
            std::to_string(most) + "; write \"kernel\", or fewer sources, destinations or ports"};
}

constexpr Rule rules[] = {
    the_server_stays_out_of_the_port_range,
    the_upstream_stays_out_of_the_port_range,
    the_last_destination_is_a_port,
    the_last_upstream_is_a_port,
    every_server_address_exists,
    the_destinations_are_not_too_many,
    the_upstream_is_of_the_servers_family,
    some_port_is_left,
    silent_sockets_leave_a_port,
    only_a_sequence_has_a_first_port,
    the_first_port_is_in_the_range,
    only_the_kernel_chooses_at_bind,
    only_a_bind_can_leave_the_port_open,
    only_a_bind_of_a_port_reuses_addresses,
    the_window_is_in_the_range,
    a_window_is_for_the_kernels_choice,
    the_relay_is_not_its_own_upstream,
    the_program_can_remember_its_ports,
};

}  // namespace

std::vector<Finding> port_findings(const Scenario& scenario) { return broken(rules, scenario); }

}  // namespace portdrought::scenario
