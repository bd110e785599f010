// Counts TCP sockets that are bound and not connected: they keep ports, and no list of connections shows them. The
// kernel lists them since 6.8 (TCP_BOUND_INACTIVE in net/ipv4/inet_diag.c).
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"

namespace portdrought::probe {

/// IPv4 (or IPv6) sockets of the network namespace bound to a port of `ports`; nullopt where this kernel cannot tell,
/// which is found out with a socket of its own. Needs two descriptors. Throws os::SystemError when the kernel refuses
/// the list.
std::optional<std::uint64_t> count_bound_sockets(const core::PortRange& ports, bool ipv6);

}  // namespace portdrought::probe
