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
    one.attempts.connect.add(20us);
    other.attempts.connect.add(40us);
    one.losses = {1, 2, 3};
    other.losses = {10, 20, 30};
    one.errors.add({core::Call::connect, ECONNREFUSED});
    other.errors.add({core::Call::connect, ECONNREFUSED});
    one.attempts.first_without_port = 9s;
    other.attempts.first_without_port = 7s;
    one.attempts.retries = 2;
    other.attempts.retries = 3;
    one.merge(other);
    EXPECT_EQ(one.attempts.connect.count(), 2U);
    EXPECT_EQ(one.attempts.retries, 5U);
    EXPECT_EQ(one.losses.bytes_lost, 33U);
    EXPECT_EQ(one.losses.transfers_cut, 22U);
    EXPECT_EQ(one.errors.by_name().at("connect/ECONNREFUSED"), 2U);
    EXPECT_EQ(one.attempts.first_without_port, 7s);
}

}  // namespace
}  // namespace portdrought::load
