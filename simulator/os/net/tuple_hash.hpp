// Hash of a 4-tuple for unordered containers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "os/net/tuple.hpp"

namespace portdrought::os {

/// Two rounds of a multiply-xorshift (constants of SplitMix64): ports and addresses differ in their low bits only.
constexpr std::size_t mixed(std::uint64_t addresses, std::uint64_t ports) noexcept {
    std::uint64_t value = (addresses ^ (ports * 0x9e3779b97f4a7c15U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::size_t>(value ^ (value >> 31U));
}

struct TupleHash {
    std::size_t operator()(const Tuple& tuple) const noexcept {
        const Address &local = tuple.local.address, &remote = tuple.remote.address;
        const std::uint64_t prefixes = local.high() * 31 + remote.high();
        const std::uint64_t addresses = local.low() ^ std::rotl(remote.low(), 32) ^ prefixes;
        return mixed(addresses, std::uint64_t{tuple.local.port} << 16U | tuple.remote.port);
    }
};

}  // namespace portdrought::os
