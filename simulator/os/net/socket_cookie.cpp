#include "os/net/socket_cookie.hpp"

#include <sys/socket.h>

#include "os/system_error.hpp"

namespace portdrought::os {

std::uint64_t socket_cookie(int fd) {
    std::uint64_t cookie = 0;
    socklen_t length = sizeof cookie;
    check("read a socket's cookie", ::getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length));
    return cookie;
}

}  // namespace portdrought::os
