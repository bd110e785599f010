// An IP address as a value: arithmetic, text and comparison without a socket. IPv4 is kept as IPv4-mapped (RFC 4291,
// 2.5.5.2), so an address seen through a socket of either family compares equal.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portdrought::core {

class Address {
public:
    using Bytes = std::array<std::uint8_t, 16>;  // network order

    /// "::", which no connection has.
    constexpr Address() = default;
    /// IPv4 in host byte order: 0x7f000001 is 127.0.0.1. Implicit, so that such a number can stand for its address.
    constexpr Address(std::uint32_t ipv4) : low_(mapped | ipv4) {}
    explicit constexpr Address(const Bytes& bytes) : high_(word_at(bytes, 0)), low_(word_at(bytes, 8)) {}

    constexpr Bytes bytes() const {
        Bytes bytes{};
        for (unsigned i = 0; i < 8; ++i) {
            bytes[i] = static_cast<std::uint8_t>(high_ >> (56 - 8 * i));
            bytes[8 + i] = static_cast<std::uint8_t>(low_ >> (56 - 8 * i));
        }
        return bytes;
    }
    constexpr std::uint64_t high() const { return high_; }
    constexpr std::uint64_t low() const { return low_; }
    constexpr bool is_ipv4() const { return high_ == 0 && low_ >> 32U == mapped >> 32U; }
    /// The last four bytes in host order: the whole of an IPv4 address.
    constexpr std::uint32_t last_four() const { return static_cast<std::uint32_t>(low_); }
    /// The address `steps` further; wraps within the last four bytes.
    constexpr Address plus(std::uint32_t steps) const {
        Address further = *this;
        further.low_ = (low_ >> 32U << 32U) | (last_four() + steps);
        return further;
    }
    /// Equal but for the last four bytes.
    constexpr bool is_near(const Address& other) const {
        return high_ == other.high_ && low_ >> 32U == other.low_ >> 32U;
    }

    friend constexpr auto operator<=>(const Address&, const Address&) = default;

private:
    static constexpr std::uint64_t mapped = 0xffff'0000'0000;

    static constexpr std::uint64_t word_at(const Bytes& bytes, std::size_t first) {
        std::uint64_t word = 0;
        for (std::size_t i = first; i < first + 8; ++i) word = word << 8U | bytes[i];
        return word;
    }

    std::uint64_t high_ = 0, low_ = 0;
};

/// "127.0.0.1" in decimal without leading zeros, or "fd00::1" in any form of RFC 4291, 2.2, without a zone; nothing for
/// other text.
std::optional<Address> address_from(std::string_view text);

/// "127.0.0.1", "fd00::1" (RFC 5952).
std::string to_string(const Address& address);

/// "127.0.0.1:7000", "[fd00::1]:7000" (RFC 5952, section 6).
std::string endpoint_text(const Address& address, std::uint16_t port);

}  // namespace portdrought::core
