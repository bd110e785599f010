#include "model/nat/free_ports.hpp"

#include <gtest/gtest.h>

#include "model/chi_square.hpp"

namespace portdrought::model {
namespace {

TEST(FreePorts, CountsAndFindsTheNthAsALoopDoes) {
    Random random(1);
    for (const std::uint32_t size : {1U, 63U, 64U, 65U, 512U, 1000U, 5000U}) {
        FreePorts ports(size);
        std::vector<bool> free(size, true);
        for (std::uint32_t i = 0; i < size; ++i) {
            const std::uint32_t slot = random.below(size);
            free[slot] ? ports.take(slot) : ports.give_back(slot);
            free[slot] = !free[slot];
        }
        for (int i = 0; i < 300; ++i) {
            const std::uint32_t from = random.below(size + 1), end = from + random.below(size + 1 - from);
            std::uint32_t count = 0;
            for (std::uint32_t slot = from; slot < end; ++slot) {
                if (!free[slot]) continue;
                ASSERT_EQ(ports.nth(from, count), slot) << size << ' ' << from;
                ++count;
            }
            ASSERT_EQ(ports.free_in(from, end), count) << size << ' ' << from << ' ' << end;
        }
    }
}

TEST(FreePorts, TakeAnyFreeOneWithTheSameChance) {
    constexpr std::uint32_t size = 64'512, left = 40;
    Random random(2);
    FreePorts ports(size);
    for (std::uint32_t slot = left; slot < size; ++slot) ports.take(slot);
    // Half of them in a row, half after gaps of different lengths: "the next one" would prefer the latter.
    for (std::uint32_t i = left / 2; i < left; ++i) {
        ports.take(i);
        ports.give_back(i * i * 40);
    }
    Frequencies counts(size);
    for (int i = 0; i < 100'000; ++i) ++counts[ports.any(random)];
    std::erase(counts, 0);
    ASSERT_EQ(counts.size(), left);
    EXPECT_LT(chi_square_of_even(counts), chi_square_limit(left));
}

}  // namespace
}  // namespace portdrought::model
