// Randomness of the model: passed in by seed, the same on every machine and with every standard library.
#pragma once

#include <cstdint>

namespace portdrought::model {

/// A 64-bit number that looks random for every input; different for different inputs (it can be undone). The finalizer
/// of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014).
constexpr std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15ULL;

/// Keyed hash of two numbers.
constexpr std::uint64_t hash(std::uint64_t key, std::uint64_t first, std::uint64_t second) {
    return mix(mix(mix(key + golden_gamma) ^ (first + golden_gamma)) ^ (second * golden_gamma + 1));
}

/// SplitMix64: eight bytes of state, so that every modelled host can afford its own.
class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() { return mix(state_ += golden_gamma); }

    /// Below `bound`, which is at least 1. High bits by multiplication: off by less than bound/2^32 from even.
    constexpr std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>((next() >> 32) * bound >> 32);
    }

private:
    std::uint64_t state_;
};

}  // namespace portdrought::model
