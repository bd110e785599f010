#include "model/port_bits.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace portdrought::model {
namespace {

using Random = std::mt19937_64;

TEST(PortBits, BeginsEmptyAndFindsWhatWasSet) {
    PortBits bits(28'232);
    EXPECT_TRUE(bits.is_empty());
    EXPECT_EQ(bits.next(0, 28'232), std::nullopt);
    bits.set(20'000);
    bits.set(20'000);
    EXPECT_EQ(bits.count(), 1U);
    EXPECT_EQ(bits.next(0, 28'232), 20'000U);
    EXPECT_EQ(bits.next(20'000, 20'001), 20'000U);
    bits.reset(20'000);
    bits.reset(20'000);
    EXPECT_TRUE(bits.is_empty());
    EXPECT_EQ(bits.next(0, 28'232), std::nullopt);
}

TEST(PortBits, KeepsToTheEndsOfTheStretch) {
    PortBits bits(1000);
    bits.set(63);
    bits.set(64);
    bits.set(999);
    EXPECT_EQ(bits.next(0, 63), std::nullopt);
    EXPECT_EQ(bits.next(64, 65), 64U);
    EXPECT_EQ(bits.next(65, 999), std::nullopt);
    EXPECT_EQ(bits.next(65, 1000), 999U);
    EXPECT_EQ(bits.next(1000, 1000), std::nullopt);
    EXPECT_EQ(bits.next(500, 400), std::nullopt);
}

TEST(PortBits, TakesAllSlots) {
    for (const std::uint32_t size : {1U, 64U, 65U, 4097U, PortBits::max_size}) {
        PortBits bits(size);
        bits.set_all();
        EXPECT_EQ(bits.count(), size);
        EXPECT_EQ(bits.next(size - 1, size), size - 1);
    }
}

void expect_same_next(const PortBits& bits, const std::set<std::uint32_t>& expected, Random& random) {
    const auto from = static_cast<std::uint32_t>(random() % (bits.size() + 1));
    const auto end = static_cast<std::uint32_t>(random() % (bits.size() + 1));
    const auto found = expected.lower_bound(from);
    const bool exists = found != expected.end() && *found < end;
    ASSERT_EQ(bits.next(from, end), exists ? MaybeSlot(*found) : MaybeSlot()) << from << " to " << end;
}

// Mostly taken, mostly free and in between, since sparse sets are what the summaries are for.
TEST(PortBits, AgreesWithASetWhateverIsDoneToIt) {
    Random random(7);
    for (const std::uint32_t size : {1U, 2U, 63U, 64U, 65U, 1000U, 4095U, 4096U, 4097U, 28'232U, PortBits::max_size})
        for (const unsigned sets_in_16 : {1U, 8U, 15U}) {
            PortBits bits(size);
            std::set<std::uint32_t> expected;
            for (int i = 0; i < 4000; ++i) {
                const auto slot = static_cast<std::uint32_t>(random() % size);
                if (random() % 16 < sets_in_16) {
                    bits.set(slot);
                    expected.insert(slot);
                } else {
                    bits.reset(slot);
                    expected.erase(slot);
                }
                ASSERT_EQ(bits.count(), expected.size());
                ASSERT_EQ(bits.test(slot), expected.contains(slot));
                expect_same_next(bits, expected, random);
            }
        }
}

}  // namespace
}  // namespace portdrought::model
