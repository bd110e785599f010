// 4-tuples in 16 bytes instead of 48, for tables of 100,000 of them. Almost all addresses of a run share their first
// twelve bytes, so those are kept once and numbered.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "os/net/tuple.hpp"
#include "os/net/tuple_hash.hpp"

namespace portdrought::os {

struct PackedTuple {
    std::uint32_t local_address = 0, remote_address = 0;  // last four bytes, host order
    std::uint16_t local_port = 0, remote_port = 0;
    std::uint8_t local_prefix = 0, remote_prefix = 0;  // numbers in TuplePacker
    friend bool operator==(const PackedTuple&, const PackedTuple&) = default;
};
static_assert(sizeof(PackedTuple) == 16);

struct PackedTupleHash {
    std::size_t operator()(const PackedTuple& tuple) const noexcept {
        const std::uint64_t prefixes = std::uint64_t{tuple.local_prefix} << 8U | tuple.remote_prefix;
        return mixed(std::uint64_t{tuple.local_address} << 32U | tuple.remote_address,
                     prefixes << 32U | std::uint64_t{tuple.local_port} << 16U | tuple.remote_port);
    }
};

/// Packed tuples of one packer compare as their tuples do; those of different packers do not.
class TuplePacker {
public:
    /// Throws std::length_error at the 257th prefix.
    PackedTuple pack(const Tuple& tuple) {
        return {tuple.local.address.last_four(), tuple.remote.address.last_four(), tuple.local.port, tuple.remote.port,
                prefix_of(tuple.local.address),  prefix_of(tuple.remote.address)};
    }
    Tuple unpack(const PackedTuple& packed) const {
        return {{address(packed.local_prefix, packed.local_address), packed.local_port},
                {address(packed.remote_prefix, packed.remote_address), packed.remote_port}};
    }

private:
    std::uint8_t prefix_of(const Address& address) {
        const auto found =
            std::ranges::find_if(prefixes_, [&](const Address& known) { return known.is_near(address); });
        if (found != prefixes_.end()) return static_cast<std::uint8_t>(found - prefixes_.begin());
        if (prefixes_.size() > std::numeric_limits<std::uint8_t>::max())
            throw std::length_error("addresses of more than 256 prefixes of 96 bits");
        prefixes_.push_back(address.plus(-address.last_four()));
        return static_cast<std::uint8_t>(prefixes_.size() - 1);
    }
    Address address(std::uint8_t prefix, std::uint32_t last_four) const { return prefixes_[prefix].plus(last_four); }

    std::vector<Address> prefixes_;  // their last four bytes are 0
};

}  // namespace portdrought::os
