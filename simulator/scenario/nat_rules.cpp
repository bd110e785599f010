#include "scenario/nat_rules.hpp"

#include "scenario/keys/key_table.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/rule_list.hpp"

namespace portdrought::scenario {
namespace {

std::uint32_t ports_of_an_address(const Nat& nat) { return nat.ports.last - nat.ports.first + 1U; }

Found keys_of_a_nat_need_one(const Scenario& s) {
    if (s.nat.is_there()) return {};
    const Scenario defaults;
    for (const Key& key : key_table()) {
        if (!key.name.starts_with("nat.") || key.print(s) == key.print(defaults)) continue;
        return Finding{{key.name, "nat.profile"},
                       "is about a NAT, and there is none; write nat.profile = \"rfc5382\" or another one, or leave "
                       "this out"};
    }
    return {};
}

Found a_destination_has_no_more_connections_than_ports(const Scenario& s) {
    const std::uint32_t ports = ports_of_an_address(s.nat);
    if (s.nat.connections_per_destination.value_or(0) <= ports) return {};
    return Finding{{"nat.connections_per_destination", "nat.ports"},
                   std::to_string(*s.nat.connections_per_destination) +
                       " connections need as many ports, and nat.ports \"" + to_text(s.nat.ports) + "\" are " +
                       std::to_string(ports) + "; write " + std::to_string(ports) + " or less, or \"off\""};
}

Found a_share_fits_an_address(const Scenario& s) {
    const std::uint32_t ports = ports_of_an_address(s.nat);
    if (s.nat.ports_per_host <= ports) return {};
    return Finding{{"nat.ports_per_host", "nat.ports"},
                   std::to_string(s.nat.ports_per_host) + " ports for each host are more than an address has, " +
                       std::to_string(ports) + "; write " + std::to_string(ports) + " or less, or 0"};
}

Found a_table_of_shares_is_the_only_share(const Scenario& s) {
    if (s.nat.ports_by_hosts.empty() || s.nat.ports_per_host == 0) return {};
    return Finding{{"nat.ports_per_host", "nat.ports_by_hosts"},
                   std::to_string(s.nat.ports_per_host) +
                       " has no effect beside nat.ports_by_hosts; write nat.ports_by_hosts = \"\" too, or 0 here"};
}

Found a_table_of_shares_does_not_grow(const Scenario& s) {
    if (s.nat.ports_by_hosts.empty() || s.nat.max_ports_per_host == 0) return {};
    return Finding{{"nat.max_ports_per_host", "nat.ports_by_hosts"},
                   "shares by the number of hosts do not grow; write 0, or nat.ports_by_hosts = \"\" and "
                   "nat.ports_per_host"};
}

Found a_table_of_shares_reaches_all_hosts(const Scenario& s) {
    if (s.nat.ports_by_hosts.empty() || s.topology.hosts <= s.nat.ports_by_hosts.back().hosts) return {};
    const std::string most = std::to_string(s.nat.ports_by_hosts.back().hosts);
    return Finding{{"topology.hosts", "nat.ports_by_hosts"},
                   std::to_string(s.topology.hosts) + " hosts are more than the " + most +
                       " that nat.ports_by_hosts has a share for; write " + most + " or less, or a longer table"};
}

Found what_grows_is_a_share(const Scenario& s) {
    const bool has_share = s.nat.ports_per_host > 0 || !s.nat.ports_by_hosts.empty();
    if (s.nat.max_ports_per_host == 0 || has_share) return {};
    return Finding{{"nat.max_ports_per_host", "nat.ports_per_host"},
                   std::to_string(s.nat.max_ports_per_host) +
                       " is what a host's share grows to, and all hosts share all ports; write nat.ports_per_host, or "
                       "0 here"};
}

Found a_share_grows_to_no_less_than_it_is(const Scenario& s) {
    if (s.nat.max_ports_per_host == 0 || s.nat.max_ports_per_host >= s.nat.ports_per_host) return {};
    return Finding{{"nat.max_ports_per_host", "nat.ports_per_host"},
                   std::to_string(s.nat.max_ports_per_host) + " is less than the " +
                       std::to_string(s.nat.ports_per_host) +
                       " that each host has at first (nat.ports_per_host); write " +
                       std::to_string(s.nat.ports_per_host) + " or more, or 0"};
}

// Linux: only a flow that looks for another port than its own gets that far (NF_NAT_HARDER_THRESH).
Found only_a_search_evicts(const Scenario& s) {
    if (!s.nat.evicts || s.nat.port_choice == NatPorts::preserve) return {};
    return Finding{{"nat.evicts", "nat.port_choice"},
                   "is about the last tries of nat.port_choice = \"preserve\"; write that, or false here"};
}

// No document says how long a NAT keeps what one side only has closed.
Found a_nat_sees_both_sides_close(const Scenario& s) {
    if (s.load.passive_closes || !s.nat.is_there()) return {};
    return Finding{{"load.passive_closes", "nat.profile"},
                   "false leaves connections half-closed, and nobody says how long a NAT keeps those; write true, or "
                   "nat.profile = \"none\""};
}

constexpr Rule rules[] = {
    a_destination_has_no_more_connections_than_ports,
    a_share_fits_an_address,
    a_table_of_shares_is_the_only_share,
    a_table_of_shares_does_not_grow,
    a_table_of_shares_reaches_all_hosts,
    what_grows_is_a_share,
    a_share_grows_to_no_less_than_it_is,
    only_a_search_evicts,
    a_nat_sees_both_sides_close,
};

}  // namespace

std::vector<Finding> nat_findings(const Scenario& scenario) {
    if (auto without = keys_of_a_nat_need_one(scenario)) return {std::move(*without)};
    return broken(rules, scenario);
}

}  // namespace portdrought::scenario
