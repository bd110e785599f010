#include "os/net/destroy_batch.hpp"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>

#include "os/net/socket_address.hpp"

namespace portdrought::os {

namespace {

constexpr std::uint64_t wildcard = std::numeric_limits<std::uint64_t>::max();  // INET_DIAG_NOCOOKIE twice

// An IPv4 address is the first of the four words, an IPv6 address all of them; both in network order.
void put(const Address& address, __be32 (&words)[4]) {
    const Address::Bytes bytes = address.bytes();
    if (address.is_ipv4())
        words[0] = htonl(address.last_four());
    else
        std::memcpy(words, bytes.data(), sizeof words);
}

}  // namespace

SockDiagRequest sock_diag_request(std::uint16_t type, std::uint16_t flags, int family) {
    SockDiagRequest request{};
    request.header.nlmsg_len = NLMSG_LENGTH(sizeof(inet_diag_req_v2));
    request.header.nlmsg_type = type;
    request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    request.body.sdiag_family = static_cast<std::uint8_t>(family);
    request.body.sdiag_protocol = IPPROTO_TCP;
    request.body.idiag_states = std::numeric_limits<std::uint32_t>::max();
    return request;
}

// Without NLM_F_ACK the kernel answers failures only: nothing to read in the common case.
DestroyBatch::DestroyBatch() { requests_.fill(sock_diag_request(SOCK_DESTROY, 0)); }

void DestroyBatch::add(const Tuple& tuple, std::uint64_t cookie) {
    if (cookie == wildcard || is_full())
        throw std::logic_error("a SOCK_DESTROY request needs a cookie and a free slot");
    SockDiagRequest& request = requests_[size_];
    request.header.nlmsg_seq = first_sequence_ + static_cast<std::uint32_t>(size_);
    request.body.sdiag_family = static_cast<std::uint8_t>(family_of(tuple.local.address));
    inet_diag_sockid& id = request.body.id;
    id.idiag_sport = htons(tuple.local.port);
    id.idiag_dport = htons(tuple.remote.port);
    put(tuple.local.address, id.idiag_src);
    put(tuple.remote.address, id.idiag_dst);
    id.idiag_cookie[0] = static_cast<std::uint32_t>(cookie);
    id.idiag_cookie[1] = static_cast<std::uint32_t>(cookie >> 32U);
    errors_[size_] = 0;
    ++size_;
}

void DestroyBatch::send(SockDiagSocket& socket) { socket.send(std::as_bytes(std::span(requests_).first(size_))); }

void DestroyBatch::read_errors(SockDiagSocket& socket) {
    alignas(nlmsghdr) std::array<std::byte, 4096> buffer;  // the kernel sends one error per datagram, 36 bytes
    while (const auto length = socket.receive_queued(buffer)) {
        int left = static_cast<int>(*length);
        for (const auto* message = reinterpret_cast<const nlmsghdr*>(buffer.data()); mnl_nlmsg_ok(message, left);
             message = mnl_nlmsg_next(message, &left)) {
            note_error(*message);
        }
    }
}

void DestroyBatch::note_error(const nlmsghdr& message) {
    if (message.nlmsg_type != NLMSG_ERROR || mnl_nlmsg_get_payload_len(&message) < sizeof(nlmsgerr)) return;
    const std::uint32_t index = message.nlmsg_seq - first_sequence_;  // wraps to huge for an earlier batch's reply
    if (index < size_) errors_[index] = -static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(&message))->error;
}

void DestroyBatch::clear() {
    first_sequence_ += static_cast<std::uint32_t>(size_);
    size_ = 0;
}

}  // namespace portdrought::os
