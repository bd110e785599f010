#include "load/tally.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace portdrought::load {
namespace {

using namespace std::chrono_literals;

TEST(ErrorCounts, KeepCallAndErrnoApart) {
    ErrorCounts counts;
    counts.add({core::Call::connect, EADDRNOTAVAIL});
    counts.add({core::Call::connect, EADDRNOTAVAIL});
    counts.add({core::Call::bind, EADDRINUSE});
    EXPECT_EQ(counts.by_name(),
              (std::map<std::string, std::uint64_t>{{"bind/EADDRINUSE", 1}, {"connect/EADDRNOTAVAIL", 2}}));
}

TEST(Tally, MergingAddsCountsAndKeepsTheFirstFailure) {
    Tally one, other;
    one.connect.add(20us);
    other.connect.add(40us);
    one.losses = {1, 2, 3};
    other.losses = {10, 20, 30};
    one.errors.add({core::Call::connect, ECONNREFUSED});
    other.errors.add({core::Call::connect, ECONNREFUSED});
    one.first_without_port = 9s;
    other.first_without_port = 7s;
    one.merge(other);
    EXPECT_EQ(one.connect.count(), 2U);
    EXPECT_EQ(one.losses.bytes_lost, 33U);
    EXPECT_EQ(one.losses.transfers_cut, 22U);
    EXPECT_EQ(one.errors.by_name().at("connect/ECONNREFUSED"), 2U);
    EXPECT_EQ(one.first_without_port, 7s);
}

}  // namespace
}  // namespace portdrought::load
