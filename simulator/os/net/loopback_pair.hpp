// One established TCP connection over lo with both ends in this process: what a probe of the kernel's abilities
// needs. Blocking sockets; not for load.
#pragma once

#include "os/file_descriptor.hpp"
#include "os/net/socket_address.hpp"
#include "os/net/tuple.hpp"

namespace portdrought::os {

struct LoopbackPair {
    FileDescriptor client, server;
    Tuple tuple;  // as the client sees it
};

/// A listener on a free port, with SO_REUSEADDR.
FileDescriptor listen_on_loopback(const Address& address = 0x7f000001);

/// Connects to `listener` and accepts. Throws SystemError, ENETUNREACH where lo is down.
LoopbackPair connect_to(const FileDescriptor& listener);

/// Limits the kernel's port choice for one socket (IP_LOCAL_PORT_RANGE, Linux 6.3). 0, or the errno of the refusal:
/// ENOPROTOOPT where the option is unknown.
int set_port_window(int fd, std::uint16_t first, std::uint16_t last);

}  // namespace portdrought::os
