// Endpoints as the socket calls want them: the only place that knows sockaddr_in and sockaddr_in6.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "os/net/tuple.hpp"

namespace portdrought::os {

/// AF_INET or AF_INET6.
int family_of(const Address& address);

class SocketAddress {
public:
    /// Room for accept(), getsockname() and the like.
    SocketAddress() = default;
    explicit SocketAddress(const Endpoint& endpoint);

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage_); }
    socklen_t size() const { return size_; }
    /// What a call writes the length to; until then it is the room there is.
    socklen_t* size_place() { return &size_; }
    /// "[::]:0" for what is neither IPv4 nor IPv6.
    Endpoint endpoint() const;

private:
    union {
        sa_family_t family;  // first in both
        sockaddr_in ipv4;
        sockaddr_in6 ipv6;
    } storage_{};
    socklen_t size_ = sizeof storage_;
};

/// The address a socket is bound to. Throws SystemError.
Endpoint local_endpoint(int fd);

}  // namespace portdrought::os
