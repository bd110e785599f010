#include "bench/yardstick/sockets.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::bench {
namespace {

constexpr int backlog = 4096;

}  // namespace

os::FileDescriptor new_socket(int flags) {
    return os::FileDescriptor(os::check("open a socket", ::socket(AF_INET, SOCK_STREAM | flags, 0)));
}

os::FileDescriptor listen_at(const os::Endpoint& endpoint, int flags) {
    os::FileDescriptor fd = new_socket(flags);
    const os::SocketAddress address(endpoint);
    os::check("bind the listener", ::bind(fd.get(), address.get(), address.size()));
    os::check("listen", ::listen(fd.get(), backlog));
    return fd;
}

bool connect_to(int fd, const os::Endpoint& endpoint) {
    const os::SocketAddress address(endpoint);
    const int result = ::connect(fd, address.get(), address.size());
    if (result < 0 && errno == EINPROGRESS) return false;
    os::check("connect", result);
    return true;
}

void send_byte(int fd) {
    const char byte = 'x';
    os::check("send a byte", static_cast<int>(::send(fd, &byte, 1, MSG_NOSIGNAL)));
}

bool receive_byte(int fd) {
    char byte = 0;
    return os::check("receive a byte", static_cast<int>(::recv(fd, &byte, 1, 0))) == 1;
}

}  // namespace portdrought::bench
