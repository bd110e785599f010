#include "probe/socket_lookup.hpp"

#include <arpa/inet.h>
#include <linux/sock_diag.h>

#include <array>
#include <cerrno>
#include <limits>
#include <span>

#include "os/net/destroy_batch.hpp"
#include "os/system_error.hpp"

namespace portdrought::probe {

namespace {

os::SockDiagRequest request_for(const os::Tuple& tuple) {
    os::SockDiagRequest request = os::sock_diag_request(SOCK_DIAG_BY_FAMILY, 0);
    inet_diag_sockid& id = request.body.id;
    id.idiag_sport = htons(tuple.local.port);
    id.idiag_dport = htons(tuple.remote.port);
    id.idiag_src[0] = htonl(tuple.local.address.last_four());
    id.idiag_dst[0] = htonl(tuple.remote.address.last_four());
    id.idiag_cookie[0] = id.idiag_cookie[1] = std::numeric_limits<std::uint32_t>::max();  // whatever its cookie is
    return request;
}

}  // namespace

std::optional<SocketEntry> SocketLookup::find(const os::Tuple& tuple) {
    os::SockDiagRequest request = request_for(tuple);
    request.header.nlmsg_seq = ++sequence_;
    socket_.send(std::as_bytes(std::span(&request, 1)));
    alignas(nlmsghdr) std::array<std::byte, 4096> buffer;
    std::optional<SocketEntry> found;
    const std::size_t length = socket_.receive(buffer);
    const DecodeResult result = decode(std::span(buffer).first(length), [&](const auto& entry) { found = entry; });
    if (result.status == DecodeResult::Status::failed && result.error != ENOENT)
        throw os::SystemError("look up a socket", result.error);
    // Where no connection has the tuple the kernel names the listener that would take it.
    if (found && found->tuple != tuple) return std::nullopt;
    return found;
}

}  // namespace portdrought::probe
