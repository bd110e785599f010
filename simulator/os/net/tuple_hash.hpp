// Hash of a 4-tuple for unordered containers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/net/tuple.hpp"

namespace portdrought::os {

struct TupleHash {
    std::size_t operator()(const Tuple& tuple) const noexcept {
        const std::uint64_t addresses = std::uint64_t{tuple.local.address} << 32U | tuple.remote.address;
        const std::uint64_t ports = std::uint64_t{tuple.local.port} << 16U | tuple.remote.port;
        // Two rounds of a multiply-xorshift (constants of SplitMix64): ports differ in their low bits only.
        std::uint64_t mixed = (addresses ^ (ports * 0x9e3779b97f4a7c15U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return static_cast<std::size_t>(mixed ^ (mixed >> 31U));
    }
};

}  // namespace portdrought::os
