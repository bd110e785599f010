#include "os/net/raw_tcp.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <stdexcept>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

constexpr std::size_t largest_packet = 65535;
constexpr int capture_buffer_bytes = 8 << 20;  // some 8000 small segments with the kernel's own bookkeeping

// The TCP header says the port; the kernel wants the address alone.
sockaddr_in target_of(const Endpoint& endpoint) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(endpoint.address.last_four());
    return address;
}

bool is_out_of_buffers(int error) { return error == ENOBUFS || error == EAGAIN || error == ENOMEM; }

}  // namespace

FileDescriptor open_raw_sender() {
    return FileDescriptor(check("open a raw socket", ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW)));
}

void send_segment(const FileDescriptor& raw_sender, const TcpSegment& segment) {
    std::vector<std::byte> packet(most_header_bytes + segment.payload.size());
    const std::size_t length = encode(segment, packet);
    const sockaddr_in target = target_of(segment.tuple.remote);
    const auto sent =
        ::sendto(raw_sender.get(), packet.data(), length, 0, reinterpret_cast<const sockaddr*>(&target), sizeof target);
    check("send a segment to " + to_string(segment.tuple.remote), static_cast<int>(sent));
}

void StaleAckBatch::add(const Tuple& holders_view) {
    if (is_full()) throw std::logic_error("a batch of ACKs is full");
    TcpSegment segment;
    segment.tuple = holders_view.reversed();
    // Any numbers do. Should a new connection be on the tuple by now, it answers once and drops the segment (RFC 9293
    // 3.10.7.4), whatever they are.
    segment.sequence = 0x5eed0000U + holders_view.local.port;
    segment.acknowledgment = 1;
    encode(segment, packets_[size_]);
    targets_[size_] = holders_view.local;
    ++size_;
}

std::size_t StaleAckBatch::send() {
    std::array<sockaddr_in, capacity> targets;
    std::array<iovec, capacity> bytes;
    std::array<mmsghdr, capacity> messages{};
    for (std::size_t i = 0; i < size_; ++i) {
        targets[i] = target_of(targets_[i]);
        bytes[i] = {packets_[i].data(), packet_bytes};
        messages[i].msg_hdr.msg_name = &targets[i];
        messages[i].msg_hdr.msg_namelen = sizeof targets[i];
        messages[i].msg_hdr.msg_iov = &bytes[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    std::size_t sent = 0;
    while (sent < size_) {
        const int now = ::sendmmsg(sender_.get(), messages.data() + sent, static_cast<unsigned>(size_ - sent), 0);
        if (now < 0 && errno == EINTR) continue;
        if (now < 0 && is_out_of_buffers(errno)) break;
        sent += static_cast<std::size_t>(check("send stale ACKs", now));
    }
    size_ = 0;
    return sent;
}

SegmentCapture::SegmentCapture()
    : fd_(check("open a raw socket", ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP))),
      buffer_(largest_packet) {
    // Beyond rmem_max only with CAP_NET_ADMIN over the host; without it the kernel's cap has to do.
    if (::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &capture_buffer_bytes, sizeof capture_buffer_bytes) < 0)
        check("size the buffer of a raw socket",
              ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUF, &capture_buffer_bytes, sizeof capture_buffer_bytes));
}

std::optional<TcpSegment> SegmentCapture::next() {
    for (;;) {
        const ssize_t length = ::recv(fd_.get(), buffer_.data(), buffer_.size(), 0);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0 && errno == EAGAIN) return std::nullopt;
        check("receive a segment", static_cast<int>(length));
        if (auto segment = decode_segment(std::span(buffer_).first(static_cast<std::size_t>(length)))) return segment;
    }
}

void SegmentCapture::discard_all() {
    while (next()) {
    }
}

}  // namespace portdrought::os
