// What a NAT holds, by its settings alone: how many connections one host's share and all ports together carry, for how
// long each port stays taken after its connection, and how full the table may get before its search gives up. Pure.
#pragma once

#include <cstdint>

#include "analysis/laws/prediction.hpp"
#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::laws {

/// Tries of Linux SNAT for a port, after the flow's own: 128, 64, 32, 16 and 8 (nf_nat_l4proto_unique_tuple()).
inline constexpr std::uint32_t snat_tries = 248;
/// A search that gives up is as good as full when this share of its flows finds nothing.
inline constexpr double noticed_share = 0.01;

/// Connections to one destination at one time, of all public addresses: addresses x ports, or what
/// nat.connections_per_destination lets each address have, if that is less.
std::uint64_t nat_ports_towards_one(const scenario::Nat& nat);

/// Ports of all public addresses.
std::uint64_t nat_ports(const scenario::Nat& nat);

/// Ports that a host has to itself at first (nat.ports_by_hosts, else nat.ports_per_host); 0 where hosts share all.
/// More hosts than the table knows get what its last row says.
std::uint64_t first_share(const scenario::Nat& nat, std::uint32_t hosts);

/// First shares that the ports make, each within one address.
std::uint64_t shares_there_are(const scenario::Nat& nat, std::uint32_t hosts);

/// What the share of each host can grow to while all hosts grow alike: by nat.growth up to nat.max_ports_per_host, as
/// long as the ports suffice for all. 0 where the ports do not even suffice for the first shares.
std::uint64_t grown_share(const scenario::Nat& nat, std::uint32_t hosts);

/// What is left when all hosts have grown alike lets some of them grow once more, those that come first.
struct LastGrowth {
    std::uint64_t share = 0;  // of each of them
    std::uint64_t hosts = 0;
};
LastGrowth last_growth(const scenario::Nat& nat, std::uint32_t hosts);

using scenario::nat_holds_for;

/// Of `capacity` ports those that may be taken before noticed_share of new flows find none: all of them where the
/// search looks at every port.
double reachable(const scenario::Nat& nat, std::uint64_t capacity);

}  // namespace portdrought::laws
