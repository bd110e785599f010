// A TCP segment over IPv4 as bytes: made by hand, header and checksums included, and read back. Pure; what sends and
// receives such bytes is raw_tcp.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "os/net/tuple.hpp"

namespace portdrought::os {

/// The timestamps option (RFC 7323 3).
struct TcpTimestamps {
    std::uint32_t value = 0, echo = 0;
    friend bool operator==(const TcpTimestamps&, const TcpTimestamps&) = default;
};

struct TcpSegment {
    static constexpr std::uint8_t fin = 0x01, syn = 0x02, rst = 0x04, psh = 0x08, ack = 0x10;

    Tuple tuple;  // as its sender sees it
    std::uint32_t sequence = 0, acknowledgment = 0;
    std::uint8_t flags = ack;
    std::optional<TcpTimestamps> timestamps;
    std::string payload;
    friend bool operator==(const TcpSegment&, const TcpSegment&) = default;
};

/// Room for headers with timestamps.
inline constexpr std::size_t most_header_bytes = 20 + 32;

/// Writes IP header, TCP header and payload; returns their length. `out` must hold most_header_bytes and the payload
/// (std::logic_error otherwise).
std::size_t encode(const TcpSegment& segment, std::span<std::byte> out);

/// nullopt for what is no whole IPv4 TCP segment. Options other than timestamps are skipped, checksums not verified.
std::optional<TcpSegment> decode_segment(std::span<const std::byte> packet);

/// The checksum of RFC 1071 over the TCP part of `packet` with its pseudo header: 0 where the one inside is right.
std::uint16_t tcp_checksum(std::span<const std::byte> packet);

}  // namespace portdrought::os
