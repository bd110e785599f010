#include "os/net/packed_tuple.hpp"

#include <gtest/gtest.h>

#include <set>

namespace portdrought::os {
namespace {

Endpoint at(const char* address, std::uint16_t port) { return {*core::address_from(address), port}; }

TEST(TuplePacker, GivesBackWhatWasPacked) {
    TuplePacker packer;
    const Tuple tuples[] = {{at("127.0.0.1", 20000), at("127.0.0.250", 7000)},
                            {at("::1", 20000), at("::1", 7000)},
                            {at("fd00::1", 20000), at("fd00::1", 7000)},
                            {at("fd00::ffff:ffff", 65535), at("::1", 1)},
                            {at("fd00::1:0:0:1", 20000), at("fd00::2:0:0:1", 7000)}};
    for (const Tuple& tuple : tuples) EXPECT_EQ(packer.unpack(packer.pack(tuple)), tuple);
    for (const Tuple& one : tuples)
        for (const Tuple& other : tuples) EXPECT_EQ(packer.pack(one) == packer.pack(other), one == other);
}

TEST(TuplePacker, RefusesMorePrefixesThanItCanNumber) {
    TuplePacker packer;
    Address::Bytes bytes{0xfd};
    for (unsigned i = 0; i < 256; ++i) {
        bytes[5] = static_cast<std::uint8_t>(i);
        const Tuple tuple{{Address(bytes), 1}, {Address(bytes), 2}};
        EXPECT_EQ(packer.unpack(packer.pack(tuple)), tuple);
    }
    bytes[6] = 1;
    EXPECT_THROW(packer.pack({{Address(bytes), 1}, {Address(bytes), 2}}), std::length_error);
}

TEST(PackedTupleHash, KeepsNeighbouringPortsAndFamiliesApart) {
    TuplePacker packer;
    std::set<std::size_t> low_bits;
    for (const char* address : {"127.0.0.1", "::1", "fd00::1", "fd00::2"})
        for (std::uint16_t port = 20000; port < 20256; ++port)
            low_bits.insert(PackedTupleHash{}(packer.pack({at(address, port), at(address, 7000)})) & 0xffffU);
    EXPECT_GT(low_bits.size(), 980U);  // 1024 random draws from 65,536 leave about 1016 distinct
}

}  // namespace
}  // namespace portdrought::os
