#include "os/net/tcp_segment.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <stdexcept>

namespace portdrought::os {

namespace {

constexpr std::size_t ip_bytes = sizeof(iphdr), tcp_bytes = sizeof(tcphdr), timestamp_bytes = 12;
constexpr std::uint8_t lifetime_hops = 64;
constexpr std::uint16_t some_window = 512;
constexpr std::uint8_t end_of_options = 0, no_operation = 1, timestamps_option = 8, timestamps_length = 10;

template <class Value>
Value value_at(std::span<const std::byte> bytes, std::size_t offset) {
    Value value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

template <class Value>
void put(std::span<std::byte> bytes, std::size_t offset, const Value& value) {
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

std::uint32_t sum_of(std::span<const std::byte> bytes, std::uint32_t sum) {
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        sum += std::to_integer<std::uint32_t>(bytes[i]) << 8U | std::to_integer<std::uint32_t>(bytes[i + 1]);
    if (bytes.size() % 2 != 0) sum += std::to_integer<std::uint32_t>(bytes.back()) << 8U;
    return sum;
}

std::uint16_t folded(std::uint32_t sum) {
    while (sum > 0xffffU) sum = (sum & 0xffffU) + (sum >> 16U);
    return static_cast<std::uint16_t>(~sum);
}

void put_timestamps(std::span<std::byte> options, const TcpTimestamps& timestamps) {
    put(options, 0, std::array<std::uint8_t, 4>{no_operation, no_operation, timestamps_option, timestamps_length});
    put(options, 4, htonl(timestamps.value));
    put(options, 8, htonl(timestamps.echo));
}

std::optional<TcpTimestamps> timestamps_in(std::span<const std::byte> options) {
    while (!options.empty()) {
        const auto kind = std::to_integer<std::uint8_t>(options[0]);
        if (kind == end_of_options) return std::nullopt;
        if (kind == no_operation) {
            options = options.subspan(1);
            continue;
        }
        const std::size_t length = options.size() > 1 ? std::to_integer<std::size_t>(options[1]) : 0;
        if (length < 2 || length > options.size()) return std::nullopt;
        if (kind == timestamps_option && length == timestamps_length)
            return TcpTimestamps{ntohl(value_at<std::uint32_t>(options, 2)),
                                 ntohl(value_at<std::uint32_t>(options, 6))};
        options = options.subspan(length);
    }
    return std::nullopt;
}

}  // namespace

std::size_t encode(const TcpSegment& segment, std::span<std::byte> out) {
    const std::size_t header = tcp_bytes + (segment.timestamps ? timestamp_bytes : 0);
    const std::size_t total = ip_bytes + header + segment.payload.size();
    if (out.size() < total || total > 0xffffU) throw std::logic_error("a segment needs room for headers and payload");
    iphdr ip{};
    ip.version = 4;
    ip.ihl = ip_bytes / 4;
    ip.tot_len = htons(static_cast<std::uint16_t>(total));
    ip.ttl = lifetime_hops;
    ip.protocol = IPPROTO_TCP;
    ip.saddr = htonl(segment.tuple.local.address.last_four());
    ip.daddr = htonl(segment.tuple.remote.address.last_four());
    tcphdr tcp{};
    tcp.source = htons(segment.tuple.local.port);
    tcp.dest = htons(segment.tuple.remote.port);
    tcp.seq = htonl(segment.sequence);
    tcp.ack_seq = htonl(segment.acknowledgment);
    tcp.doff = static_cast<std::uint8_t>(header / 4) & 0xfU;
    tcp.th_flags = segment.flags;
    tcp.window = htons(some_window);
    put(out, 0, ip);
    put(out, ip_bytes, tcp);
    if (segment.timestamps) put_timestamps(out.subspan(ip_bytes + tcp_bytes), *segment.timestamps);
    std::memcpy(out.data() + ip_bytes + header, segment.payload.data(), segment.payload.size());
    put(out, ip_bytes + offsetof(tcphdr, check), htons(tcp_checksum(out.first(total))));
    put(out, offsetof(iphdr, check), htons(folded(sum_of(out.first(ip_bytes), 0))));
    return total;
}

std::optional<TcpSegment> decode_segment(std::span<const std::byte> packet) {
    if (packet.size() < ip_bytes) return std::nullopt;
    const auto ip = value_at<iphdr>(packet, 0);
    const std::size_t ip_header = std::size_t{ip.ihl} * 4, total = ntohs(ip.tot_len);
    if (ip.version != 4 || ip.protocol != IPPROTO_TCP || ip_header < ip_bytes) return std::nullopt;
    if (total > packet.size() || total < ip_header + tcp_bytes) return std::nullopt;
    const auto tcp = value_at<tcphdr>(packet, ip_header);
    const std::size_t tcp_header = std::size_t{tcp.doff} * 4;
    if (tcp_header < tcp_bytes || ip_header + tcp_header > total) return std::nullopt;
    TcpSegment segment;
    segment.tuple = {{ntohl(ip.saddr), ntohs(tcp.source)}, {ntohl(ip.daddr), ntohs(tcp.dest)}};
    segment.sequence = ntohl(tcp.seq);
    segment.acknowledgment = ntohl(tcp.ack_seq);
    segment.flags = tcp.th_flags;
    segment.timestamps = timestamps_in(packet.subspan(ip_header + tcp_bytes, tcp_header - tcp_bytes));
    const auto payload = packet.subspan(ip_header + tcp_header, total - ip_header - tcp_header);
    segment.payload.assign(reinterpret_cast<const char*>(payload.data()), payload.size());
    return segment;
}

std::uint16_t tcp_checksum(std::span<const std::byte> packet) {
    const std::size_t length = packet.size() - ip_bytes;
    // The pseudo header: both addresses, the protocol, the length of the TCP part (RFC 9293 3.1).
    const std::uint32_t pseudo = sum_of(packet.subspan(offsetof(iphdr, saddr), 8), 0) + IPPROTO_TCP;
    return folded(sum_of(packet.subspan(ip_bytes), pseudo + static_cast<std::uint32_t>(length)));
}

}  // namespace portdrought::os
