#include "os/net/loopback_pair.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

constexpr int ip_local_port_range = 51;  // not in the headers of Debian 12

FileDescriptor tcp_socket() {
    return FileDescriptor(check("open a TCP socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
}

const sockaddr* generic(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

sockaddr_in on_loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

FileDescriptor listen_on_loopback() {
    FileDescriptor listener = tcp_socket();
    const int on = 1;
    check("set SO_REUSEADDR", ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
    const sockaddr_in address = on_loopback(0);
    check("bind a listener to 127.0.0.1", ::bind(listener.get(), generic(address), sizeof address));
    check("listen on 127.0.0.1", ::listen(listener.get(), SOMAXCONN));
    return listener;
}

Endpoint local_endpoint(int fd) {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    check("read a socket's address", ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length));
    return {ntohl(address.sin_addr.s_addr), ntohs(address.sin_port)};
}

LoopbackPair connect_to(const FileDescriptor& listener) {
    LoopbackPair pair;
    const Endpoint server = local_endpoint(listener.get());
    pair.client = tcp_socket();
    const sockaddr_in address = on_loopback(server.port);
    check("connect to " + to_string(server), ::connect(pair.client.get(), generic(address), sizeof address));
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
