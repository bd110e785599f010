#include "analysis/laws/nat.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/laws/probing.hpp"

namespace portdrought::laws {
namespace {

std::uint64_t next_share(const scenario::Nat& nat, std::uint64_t first, std::uint64_t now) {
    const std::uint64_t grown = nat.growth == scenario::NatGrowth::twofold ? 2 * now : now + first;
    return std::min<std::uint64_t>(grown, nat.max_ports_per_host);
}

}  // namespace

std::uint64_t nat_ports_towards_one(const scenario::Nat& nat) {
    const std::uint64_t ports = nat.ports.size();
    return nat.addresses * std::min<std::uint64_t>(ports, nat.connections_per_destination.value_or(nat.ports.size()));
}

std::uint64_t nat_ports(const scenario::Nat& nat) { return std::uint64_t{nat.addresses} * nat.ports.size(); }

std::uint64_t first_share(const scenario::Nat& nat, std::uint32_t hosts) {
    const auto within_an_address = [&nat](std::uint32_t ports) { return std::min(ports, nat.ports.size()); };
    if (nat.ports_by_hosts.empty()) return within_an_address(nat.ports_per_host);
    for (const scenario::NatShare& row : nat.ports_by_hosts)
        if (hosts <= row.hosts) return within_an_address(row.ports);
    return within_an_address(nat.ports_by_hosts.back().ports);
}

std::uint64_t shares_there_are(const scenario::Nat& nat, std::uint32_t hosts) {
    const std::uint64_t first = first_share(nat, hosts);
    return first == 0 ? 0 : nat.addresses * (nat.ports.size() / first);
}

std::uint64_t grown_share(const scenario::Nat& nat, std::uint32_t hosts) {
    const std::uint64_t first = first_share(nat, hosts), for_each = nat_ports(nat) / std::max(hosts, 1U);
    if (shares_there_are(nat, hosts) < hosts) return 0;
    std::uint64_t share = first;
    while (share > 0) {
        const std::uint64_t next = next_share(nat, first, share);
        if (next <= share || next > for_each) break;
        share = next;
    }
    return share;
}

LastGrowth last_growth(const scenario::Nat& nat, std::uint32_t hosts) {
    const std::uint64_t share = grown_share(nat, hosts);
    const std::uint64_t next = share == 0 ? 0 : next_share(nat, first_share(nat, hosts), share);
    if (next <= share) return {};
    return {next, std::min<std::uint64_t>(hosts, (nat_ports(nat) - share * hosts) / (next - share))};
}

double reachable(const scenario::Nat& nat, std::uint64_t capacity) {
    const auto all = static_cast<double>(capacity);
    if (nat.port_choice != scenario::NatPorts::preserve) return all;
    return all * occupancy_at_failure(noticed_share, snat_tries);
}

}  // namespace portdrought::laws
