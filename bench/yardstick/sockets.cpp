#include "bench/yardstick/sockets.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "os/system_error.hpp"

namespace portdrought::bench {
namespace {

constexpr int backlog = 4096;

sockaddr_in address_of(const os::Endpoint& endpoint) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    address.sin_addr.s_addr = htonl(endpoint.address);
    return address;
}

}  // namespace

os::FileDescriptor new_socket(int flags) {
    return os::FileDescriptor(os::check("open a socket", ::socket(AF_INET, SOCK_STREAM | flags, 0)));
}

os::FileDescriptor listen_at(const os::Endpoint& endpoint, int flags) {
    os::FileDescriptor fd = new_socket(flags);
    const sockaddr_in address = address_of(endpoint);
    os::check("bind the listener", ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
    os::check("listen", ::listen(fd.get(), backlog));
    return fd;
}

bool connect_to(int fd, const os::Endpoint& endpoint) {
    const sockaddr_in address = address_of(endpoint);
    const int result = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
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
