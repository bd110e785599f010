#include "analysis/text/layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/text/table.hpp"

namespace portdrought::text {
namespace {

using testing::ElementsAre;

TEST(Layout, WrapsBetweenWordsButNotBeforeAUnit) {
    EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrap("it took 97 % of it", 10), ElementsAre("it took", "97 % of it"));
    EXPECT_THAT(wrap("at 33.3/s x 240 s.", 9), ElementsAre("at", "33.3/s x", "240 s."));
    EXPECT_THAT(wrap("unbreakable", 4), ElementsAre("unbreakable"));
    EXPECT_THAT(wrap("  ", 4), ElementsAre());
}

TEST(Layout, ParagraphsHangUnderTheirBullet) {
    EXPECT_EQ(paragraph("one two three", 2, 9, "- "), "  - one\n    two\n    three\n");
}

TEST(Layout, EntriesWrapUnderTheirColumn) {
    EXPECT_EQ(entry("  a…", 6, "one two three", 14), "  a…  one two\n      three\n");
    EXPECT_EQ(entry("  longer", 6, "one two", 14), "  longer\n      one two\n");
    EXPECT_EQ(entry("  a", 6, "", 14), "  a\n");
}

TEST(Layout, FlowsCellsIntoTheWidth) {
    EXPECT_THAT(flow({"aaaa", "bbbb", "cccc"}, 11), ElementsAre("aaaa   bbbb", "cccc"));
}

TEST(Layout, WidthCountsCharactersNotBytes) {
    EXPECT_EQ(display_width("▁▂é"), 3U);
    EXPECT_EQ(pad_left("é", 3), "  é");
}

TEST(Layout, FullBlocksMeanFull) {
    EXPECT_EQ(sparkline({0, 50, 99, 100, std::nullopt, 200}, 100), "▁▄▇█ █");
    EXPECT_EQ(sparkline({0, 0}, 0), "▁▁");
}

TEST(Layout, AsciiHasNothingElse) {
    EXPECT_EQ(finish("▁█ … ü", {.ascii = true}), "_# ... ?");
    EXPECT_EQ(finish("▁", {}), "▁");
}

TEST(Layout, ColoursOnlyWhereAsked) {
    EXPECT_EQ(marked("x", Mark::bad, {}), "x");
    EXPECT_EQ(marked("x", Mark::bad, {.colour = true}), "\x1b[1;31mx\x1b[0m");
}

TEST(Table, MovesColumnsThatDoNotFitIntoAFurtherPart) {
    Table table({"name", "aaaaaa", "bbbbbb"});
    table.add_row({"x", "1", "2"});
    table.add_row({"", "", "[3]"});
    EXPECT_EQ(table.render(40), "  name   aaaaaa   bbbbbb\n  x      1        2\n                  [3]\n");
    EXPECT_EQ(table.render(18), "  name   aaaaaa\n  x      1\n\n  name   bbbbbb\n  x      2\n         [3]\n");
}

}  // namespace
}  // namespace portdrought::text
