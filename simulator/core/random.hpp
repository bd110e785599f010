// Random numbers by own inversion instead of the library's distributions, whose algorithms are the library's choice: a
// seed must mean the same run everywhere.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace portdrought::core {

/// 53 of the 64 random bits, in (0, 1].
inline double unit_of(std::uint64_t bits) { return (static_cast<double>(bits >> 11) + 1.0) * 0x1.0p-53; }

/// Exponential with mean 1; 36.7 at most.
inline double exponential_of(std::uint64_t bits) { return -std::log(unit_of(bits)); }

/// Standard normal, from two random numbers (Box and Muller 1958).
inline double normal_of(std::uint64_t bits, std::uint64_t other_bits) {
    return std::sqrt(2 * exponential_of(bits)) * std::cos(2 * std::numbers::pi * unit_of(other_bits));
}

}  // namespace portdrought::core
