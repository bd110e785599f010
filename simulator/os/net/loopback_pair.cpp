#include "os/net/loopback_pair.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

constexpr int ip_local_port_range = 51;  // not in the headers of Debian 12

FileDescriptor tcp_socket(const Address& address) {
    return FileDescriptor(check("open a TCP socket", ::socket(family_of(address), SOCK_STREAM | SOCK_CLOEXEC, 0)));
}

}  // namespace

FileDescriptor listen_on_loopback(const Address& address) {
    FileDescriptor listener = tcp_socket(address);
    const int on = 1;
    check("set SO_REUSEADDR", ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
    const SocketAddress any_port(Endpoint{address, 0});
    check("bind a listener to " + to_string(address), ::bind(listener.get(), any_port.get(), any_port.size()));
    check("listen on " + to_string(address), ::listen(listener.get(), SOMAXCONN));
    return listener;
}

LoopbackPair connect_to(const FileDescriptor& listener) {
    LoopbackPair pair;
    const Endpoint server = local_endpoint(listener.get());
    pair.client = tcp_socket(server.address);
    const SocketAddress address(server);
    check("connect to " + to_string(server), ::connect(pair.client.get(), address.get(), address.size()));
    pair.server =
        FileDescriptor(check("accept a connection", ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)));
    pair.tuple = {local_endpoint(pair.client.get()), server};
    return pair;
}

int set_port_window(int fd, std::uint16_t first, std::uint16_t last) {
    const std::uint32_t window = std::uint32_t{last} << 16U | first;
    return ::setsockopt(fd, IPPROTO_IP, ip_local_port_range, &window, sizeof window) < 0 ? errno : 0;
}

}  // namespace portdrought::os
