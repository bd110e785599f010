#include "os/net/tuple.hpp"

#include <gtest/gtest.h>

#include <set>

#include "os/net/tuple_hash.hpp"

namespace portdrought::os {
namespace {

TEST(Endpoint, IsWrittenAsAddressAndPort) {
    EXPECT_EQ(to_string(Endpoint{0x7f000001, 7000}), "127.0.0.1:7000");
    EXPECT_EQ(to_string(Endpoint{0xc0a80164, 80}), "192.168.1.100:80");
    EXPECT_EQ(to_string(Endpoint{*core::address_from("fd00::1"), 7000}), "[fd00::1]:7000");
}

TEST(Tuple, ReversedIsTheOtherSidesView) {
    const Tuple tuple{{1, 2}, {3, 4}};
    EXPECT_EQ(tuple.reversed(), (Tuple{{3, 4}, {1, 2}}));
    EXPECT_NE(tuple.reversed(), tuple);
}

TEST(TupleHash, KeepsNeighbouringPortsApart) {
    std::set<std::size_t> low_bits;
    for (std::uint16_t port = 20000; port < 21024; ++port) {
        low_bits.insert(TupleHash{}(Tuple{{0x7f000001, port}, {0x7f000001, 7000}}) & 0xffffU);
    }
    EXPECT_GT(low_bits.size(), 980U);  // 1024 random draws from 65,536 leave about 1016 distinct
}

TEST(TupleHash, TellsTheTwoSidesApart) {
    const Tuple tuple{{0x7f000001, 20000}, {0x7f000001, 7000}};
    EXPECT_NE(TupleHash{}(tuple), TupleHash{}(tuple.reversed()));
}

}  // namespace
}  // namespace portdrought::os
