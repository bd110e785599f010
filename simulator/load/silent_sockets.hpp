// Sockets that are bound and never connect. Each keeps its port from every connection of the host, and neither sockstat
// nor a list of connections shows them (microsoft/WSL#3951).
#pragma once

#include <cstdint>
#include <vector>

#include "os/file_descriptor.hpp"

namespace portdrought::load {

/// `count` sockets bound to any address, each on a port the kernel took out of the namespace's range; the ports come
/// free with the descriptors. Throws os::SystemError.
std::vector<os::FileDescriptor> bind_silently(std::uint32_t count);

}  // namespace portdrought::load
