#include "os/net/socket_address.hpp"

#include <arpa/inet.h>

#include <cstring>

#include "os/system_error.hpp"

namespace portdrought::os {

int family_of(const Address& address) { return address.is_ipv4() ? AF_INET : AF_INET6; }

SocketAddress::SocketAddress(const Endpoint& endpoint) {
    if (endpoint.address.is_ipv4()) {
        size_ = sizeof storage_.ipv4;
        storage_.ipv4.sin_family = AF_INET;
        storage_.ipv4.sin_port = htons(endpoint.port);
        storage_.ipv4.sin_addr.s_addr = htonl(endpoint.address.last_four());
    } else {
        size_ = sizeof storage_.ipv6;
        storage_.ipv6 = {};
        storage_.ipv6.sin6_family = AF_INET6;
        storage_.ipv6.sin6_port = htons(endpoint.port);
        const Address::Bytes bytes = endpoint.address.bytes();
        std::memcpy(&storage_.ipv6.sin6_addr, bytes.data(), bytes.size());
    }
}

Endpoint SocketAddress::endpoint() const {
    if (storage_.family == AF_INET) return {ntohl(storage_.ipv4.sin_addr.s_addr), ntohs(storage_.ipv4.sin_port)};
    if (storage_.family != AF_INET6) return {};
    Address::Bytes bytes;
    std::memcpy(bytes.data(), &storage_.ipv6.sin6_addr, bytes.size());
    return {Address(bytes), ntohs(storage_.ipv6.sin6_port)};
}

Endpoint local_endpoint(int fd) {
    SocketAddress address;
    check("read a socket's address", ::getsockname(fd, address.get(), address.size_place()));
    return address.endpoint();
}

}  // namespace portdrought::os
