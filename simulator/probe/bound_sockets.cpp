#include "probe/bound_sockets.hpp"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <span>
#include <stdexcept>
#include <vector>

#include "os/file_descriptor.hpp"
#include "os/net/destroy_batch.hpp"
#include "os/net/netlink.hpp"
#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"
#include "probe/sock_diag_decoder.hpp"

namespace portdrought::probe {
namespace {

constexpr std::uint32_t bound_inactive = 1U << 13U;                   // TCPF_BOUND_INACTIVE, include/net/tcp_states.h
constexpr std::uint32_t canary_address = INADDR_LOOPBACK + 0xfffffd;  // 127.255.255.254, where nobody else is
constexpr std::uint16_t canary_port = 1;                              // below every port range

/// Not open where the port cannot be had: then nothing can be told.
os::FileDescriptor bind_canary(int family) {
    os::FileDescriptor fd(os::check("open a socket to be listed", ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    const os::Address home = family == AF_INET6 ? *core::address_from("::1") : os::Address{canary_address};
    const os::SocketAddress address(os::Endpoint{home, canary_port});
    if (::bind(fd.get(), address.get(), address.size()) != 0) fd.reset();
    return fd;
}

template <class Sink>
void list_bound(int family, Sink&& sink) {
    std::vector<std::byte> buffer(65536);
    os::SockDiagSocket socket;
    os::SockDiagRequest request = os::sock_diag_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, family);
    request.body.idiag_states = bound_inactive;
    socket.send(std::as_bytes(std::span(&request, 1)));
    using Status = DecodeResult::Status;
    for (Status status = Status::more; status == Status::more;) {
        const std::size_t length = socket.receive(buffer);
        const DecodeResult result = decode(std::span(buffer).first(length), sink);
        if (result.status == Status::failed) throw os::SystemError("list the bound sockets", result.error);
        if (result.status == Status::malformed) throw std::runtime_error("the kernel's list of sockets is malformed");
        status = result.status;
    }
}

}  // namespace

std::optional<std::uint64_t> count_bound_sockets(const core::PortRange& ports, bool ipv6) {
    const int family = ipv6 ? AF_INET6 : AF_INET;
    const os::FileDescriptor canary = bind_canary(family);
    if (!canary.is_open()) return std::nullopt;
    bool canary_was_seen = false;
    std::uint64_t count = 0;
    list_bound(family, [&](const SocketEntry& entry) {
        if (entry.tuple.local.port == canary_port) canary_was_seen = true;
        if (ports.contains(entry.tuple.local.port)) ++count;
    });
    return canary_was_seen ? std::optional{count} : std::nullopt;
}

}  // namespace portdrought::probe
