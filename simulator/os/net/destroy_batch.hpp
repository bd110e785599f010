// A datagram of SOCK_DESTROY requests and their results: the only place that knows the byte layout. Each request names
// one socket by 4-tuple and cookie, so a request that comes too late can never hit a newer connection on the same
// tuple.
#pragma once

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "os/net/netlink.hpp"
#include "os/net/tuple.hpp"

namespace portdrought::os {

struct SockDiagRequest {
    nlmsghdr header;
    inet_diag_req_v2 body;
};
static_assert(sizeof(SockDiagRequest) == NLMSG_ALIGN(NLMSG_LENGTH(sizeof(inet_diag_req_v2))));

/// A request about TCP sockets in any state of one address family, AF_INET or AF_INET6. IPv4 connections of a socket
/// that was opened for IPv6 belong to AF_INET6.
SockDiagRequest sock_diag_request(std::uint16_t type, std::uint16_t flags, int family = AF_INET);

class DestroyBatch {
public:
    static constexpr std::size_t capacity = 256;

    DestroyBatch();

    std::size_t size() const { return size_; }
    bool is_full() const { return size_ == capacity; }
    /// `cookie` must be one from SO_COOKIE; the kernel's wildcard (all ones) is refused with std::logic_error.
    void add(const Tuple& tuple, std::uint64_t cookie);
    /// The kernel works through all requests before this returns. Throws SystemError when nothing could be sent.
    void send(SockDiagSocket& socket);
    /// After send(): reads what the kernel refused.
    void read_errors(SockDiagSocket& socket);
    /// After read_errors(): 0 when the socket was destroyed, ENOENT when there was none with this tuple and cookie,
    /// EPERM without CAP_NET_ADMIN in the namespace, EOPNOTSUPP where the kernel cannot (TIME_WAIT: before Linux 6.0).
    int error(std::size_t index) const { return errors_[index]; }
    /// Empties the batch; sequence numbers go on, so a late reply never matches a request of a later batch.
    void clear();

private:
    void note_error(const nlmsghdr& message);

    std::array<SockDiagRequest, capacity> requests_;
    std::array<int, capacity> errors_{};
    std::size_t size_ = 0;
    std::uint32_t first_sequence_ = 1;
};

}  // namespace portdrought::os
