// Owner of a NETLINK_SOCK_DIAG socket, opened through libmnl in the network namespace the thread is in at that moment;
// it keeps speaking to that namespace afterwards. Moves bytes only: messages are built and decoded by its users.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

struct mnl_socket;

namespace portdrought::os {

class SockDiagSocket {
public:
    /// Throws SystemError when the kernel has no sock_diag or refuses the socket.
    SockDiagSocket();

    int descriptor() const;

    /// One datagram with one or more requests. The kernel works through all of them before this returns.
    void send(std::span<const std::byte> datagram);

    /// Next datagram; blocks. Throws SystemError(EMSGSIZE) when it does not fit `buffer`: a cut dump is never used.
    std::size_t receive(std::span<std::byte> buffer);

    /// The same without waiting; nullopt when nothing is queued.
    std::optional<std::size_t> receive_queued(std::span<std::byte> buffer);

private:
    struct Close {
        void operator()(mnl_socket* socket) const;
    };
    std::optional<std::size_t> receive(std::span<std::byte> buffer, int flags);

    std::unique_ptr<mnl_socket, Close> socket_;
};

}  // namespace portdrought::os
