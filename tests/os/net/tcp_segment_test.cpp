#include "os/net/tcp_segment.hpp"

#include <gtest/gtest.h>

#include <array>

namespace portdrought::os {
namespace {

TcpSegment some_segment() {
    TcpSegment segment;
    segment.tuple = {{0x7f000001, 20'000}, {0x7f000102, 7'000}};
    segment.sequence = 0xfffffff0;
    segment.acknowledgment = 7;
    segment.flags = TcpSegment::ack | TcpSegment::psh;
    segment.timestamps = TcpTimestamps{123, 456};
    segment.payload = "odd";
    return segment;
}

TEST(TcpSegment, ReadsBackWhatItWrote) {
    std::array<std::byte, 256> bytes{};
    for (const bool with_timestamps : {true, false}) {
        TcpSegment segment = some_segment();
        if (!with_timestamps) segment.timestamps.reset();
        const std::size_t length = encode(segment, bytes);
        EXPECT_EQ(length, 20U + 20U + (with_timestamps ? 12U : 0U) + 3U);
        EXPECT_EQ(decode_segment(std::span(bytes).first(length)), segment);
        EXPECT_EQ(tcp_checksum(std::span(bytes).first(length)), 0U);
    }
}

TEST(TcpSegment, NeedsRoom) {
    std::array<std::byte, 50> bytes{};
    EXPECT_THROW(encode(some_segment(), bytes), std::logic_error);
}

TEST(TcpSegment, IsNotReadFromLessThanAWholePacket) {
    std::array<std::byte, 256> bytes{};
    const std::size_t length = encode(some_segment(), bytes);
    for (std::size_t cut = 0; cut < length; ++cut) EXPECT_FALSE(decode_segment(std::span(bytes).first(cut))) << cut;
}

TEST(TcpSegment, SkipsOptionsItDoesNotKnowAndStopsAtBrokenOnes) {
    std::array<std::byte, 256> bytes{};
    const std::size_t length = encode(some_segment(), bytes);
    const auto packet = std::span(bytes).first(length);
    bytes[40] = std::byte{4}, bytes[41] = std::byte{2};  // SACK permitted instead of two NOPs
    EXPECT_EQ(decode_segment(packet)->timestamps, (TcpTimestamps{123, 456}));
    bytes[41] = std::byte{0};
    EXPECT_EQ(decode_segment(packet)->timestamps, std::nullopt);
    bytes[41] = std::byte{200};
    EXPECT_EQ(decode_segment(packet)->timestamps, std::nullopt);
}

}  // namespace
}  // namespace portdrought::os
