// Sockets that are bound and never connect. Each keeps its port from every connection of the host, and neither sockstat
// nor a list of connections shows them (microsoft/WSL#3951).
#pragma once

#include <cstdint>
#include <vector>

#include "os/file_descriptor.hpp"

namespace portdrought::load {

/// `count` sockets bound to any address, each on a port the kernel took out of the namespace's range; the ports come
/// free with the descriptors. With `ipv6` they are IPv6 sockets. Throws os::SystemError.
std::vector<os::FileDescriptor> bind_silently(std::uint32_t count, bool ipv6);

}  // namespace portdrought::load
