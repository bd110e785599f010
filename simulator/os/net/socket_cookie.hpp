// The kernel's own name for a socket (SO_COOKIE, Linux 4.12). Unlike a 4-tuple it is never used twice, and the
// TIME_WAIT entry a socket leaves behind keeps it.
#pragma once

#include <cstdint>

namespace portdrought::os {

/// Never 0 for a real socket. About 0.5 us.
std::uint64_t socket_cookie(int fd);

}  // namespace portdrought::os
