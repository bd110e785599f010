// IPv6 addresses of network interfaces in the current namespace, through rtnetlink. IPv4 needs none: all of 127.0.0.0/8
// is local by itself.
#pragma once

#include <span>
#include <string>

#include "core/address.hpp"

namespace portdrought::os {

/// Adds each with a /128 prefix and waits until it can be bound and reached; those that are there already are fine.
/// Throws SystemError naming the address: EOPNOTSUPP or EACCES where IPv6 is off, EPERM without CAP_NET_ADMIN in the
/// namespace, ETIMEDOUT where the kernel does not make it usable within seconds.
void add_addresses(const std::string& interface, std::span<const core::Address> ipv6);

}  // namespace portdrought::os
