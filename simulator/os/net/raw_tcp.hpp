// Sends TCP segments made by hand, from any address and port of the current network namespace, and sees those that
// arrive in it. Needs CAP_NET_RAW there, which a lab has. IPv4.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "os/file_descriptor.hpp"
#include "os/net/tcp_segment.hpp"

namespace portdrought::os {

/// Opens an IPv4 socket to send whole packets with. Throws SystemError, EPERM without CAP_NET_RAW.
FileDescriptor open_raw_sender();

/// Over loopback the segment has been worked through when this returns. Throws SystemError.
void send_segment(const FileDescriptor& raw_sender, const TcpSegment& segment);

/// Bare ACKs that belong to no connection, many per system call. Such a one, with any sequence number but the expected
/// one, makes the holder of a TIME-WAIT answer and start its 60 s anew (net/ipv4/tcp_minisocks.c,
/// tcp_timewait_state_process()); it needs no timestamps, because PAWS passes a segment without them.
class StaleAckBatch {
public:
    static constexpr std::size_t capacity = 64;

    StaleAckBatch() : sender_(open_raw_sender()) {}

    std::size_t size() const { return size_; }
    bool is_full() const { return size_ == capacity; }
    /// To the holder of `holders_view`, from its peer.
    void add(const Tuple& holders_view);
    /// Sends in the order of add() and empties the batch; returns how many went out: fewer where the kernel is out of
    /// buffers. Throws SystemError when it refuses to send at all.
    std::size_t send();

private:
    static constexpr std::size_t packet_bytes = 40;

    FileDescriptor sender_;
    std::array<std::array<std::byte, packet_bytes>, capacity> packets_{};
    std::array<Endpoint, capacity> targets_{};
    std::size_t size_ = 0;
};

/// Every TCP segment delivered in this namespace from its construction on. For quiet moments: it copies all of them.
class SegmentCapture {
public:
    SegmentCapture();

    /// The next one in order of arrival; nullopt when none is queued.
    std::optional<TcpSegment> next();
    void discard_all();

private:
    FileDescriptor fd_;
    std::vector<std::byte> buffer_;
};

}  // namespace portdrought::os
