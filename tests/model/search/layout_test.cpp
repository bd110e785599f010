#include "model/search/layout.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace portdrought::model {
namespace {

TEST(Layout, GivesEveryOffsetASlotOfItsOwn) {
    for (const std::uint32_t ports : {1U, 2U, 3U, 10U, 11U, 28'232U, 65'536U})
        for (const Layout& layout : {Layout::linear(ports), Layout::by_parity(ports)})
            for (std::uint32_t offset = 0; offset < ports; ++offset) {
                ASSERT_LT(layout.slot_of(offset), ports);
                ASSERT_EQ(layout.offset_of(layout.slot_of(offset)), offset);
            }
}

TEST(Layout, PutsEvenOffsetsBeforeOddOnes) {
    const Layout layout = Layout::by_parity(7);
    std::vector<std::uint32_t> offsets;
    for (std::uint32_t slot = 0; slot < 7; ++slot) offsets.push_back(layout.offset_of(slot));
    EXPECT_EQ(offsets, (std::vector<std::uint32_t>{0, 2, 4, 6, 1, 3, 5}));
}

TEST(Layout, HeedsParityWhereTheKernelDoes) {
    EXPECT_FALSE(Layout::of(Algorithm::linux_4_2, 100, false).is_by_parity());
    EXPECT_TRUE(Layout::of(Algorithm::linux_4_6, 100, false).is_by_parity());
    EXPECT_TRUE(Layout::of(Algorithm::linux_6_18, 100, false).is_by_parity());
    EXPECT_FALSE(Layout::of(Algorithm::linux_6_18, 100, true).is_by_parity());
    EXPECT_TRUE(Layout::of(Algorithm::linux_5_18, 100, true).is_by_parity()) << "windows had parity before 6.8";
    EXPECT_FALSE(Layout::of(Algorithm::rfc6056_4, 100, false).is_by_parity());
}

}  // namespace
}  // namespace portdrought::model
