// An IP address as a value: arithmetic, text and comparison without a socket. 16 bytes in network order; IPv4 is kept
// as IPv4-mapped (RFC 4291, 2.5.5.2), so an address seen through a socket of either family compares equal.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portdrought::core {

class Address {
public:
    using Bytes = std::array<std::uint8_t, 16>;

    /// "::", which no connection has.
    constexpr Address() = default;
    /// IPv4 in host byte order: 0x7f000001 is 127.0.0.1. Implicit, so that such a number can stand for its address.
    constexpr Address(std::uint32_t ipv4)
        : bytes_{
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, byte(ipv4, 24), byte(ipv4, 16), byte(ipv4, 8), byte(ipv4, 0)} {}
    /// Network byte order.
    explicit constexpr Address(const Bytes& bytes) : bytes_(bytes) {}

    constexpr const Bytes& bytes() const { return bytes_; }
    constexpr bool is_ipv4() const { return high() == 0 && low32(8) == 0xffff; }
    /// The last four bytes in host order: the whole of an IPv4 address.
    constexpr std::uint32_t last_four() const { return low32(12); }
    /// The address `steps` further; wraps within the last four bytes.
    constexpr Address plus(std::uint32_t steps) const {
        const std::uint32_t last = last_four() + steps;
        Bytes bytes = bytes_;
        for (unsigned i = 0; i < 4; ++i) bytes[12 + i] = byte(last, 24 - 8 * i);
        return Address(bytes);
    }
    /// Equal but for the last four bytes.
    constexpr bool is_near(const Address& other) const { return high() == other.high() && low32(8) == other.low32(8); }

    friend constexpr bool operator==(const Address&, const Address&) = default;
    friend constexpr auto operator<=>(const Address&, const Address&) = default;

private:
    static constexpr std::uint8_t byte(std::uint32_t value, unsigned shift) {
        return static_cast<std::uint8_t>(value >> shift);
    }
    constexpr std::uint32_t low32(std::size_t at) const {
        return std::uint32_t{bytes_[at]} << 24U | std::uint32_t{bytes_[at + 1]} << 16U |
               std::uint32_t{bytes_[at + 2]} << 8U | bytes_[at + 3];
    }
    constexpr std::uint64_t high() const { return std::bit_cast<std::array<std::uint64_t, 2>>(bytes_)[0]; }

    Bytes bytes_{};
};

/// "127.0.0.1" in decimal without leading zeros, or "fd00::1" in any form of RFC 4291, 2.2, without a zone; nothing for
/// other text.
std::optional<Address> address_from(std::string_view text);

/// "127.0.0.1", "fd00::1" (RFC 5952).
std::string to_string(const Address& address);

}  // namespace portdrought::core
