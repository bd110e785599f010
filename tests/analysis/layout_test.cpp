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

TEST(Layout, HeadingsBreakBetweenTitleAndFacts) {
    EXPECT_EQ(heading("one, two", "facts here", {.width = 21}), "one, two   facts here\n");
    EXPECT_EQ(heading("one, two", "facts here", {.width = 20}), "one, two\n  facts here\n");
    EXPECT_EQ(heading("one, two", "facts here", {.width = 7}), "one,\ntwo\n  facts\n  here\n");
    EXPECT_EQ(heading("x", "f", {.colour = true}), "\x1b[1mx\x1b[0m   f\n");
}

TEST(Layout, ColoursOnlyWhereAsked) {
    EXPECT_EQ(marked("x", Mark::bad, {}), "x");
    EXPECT_EQ(marked("x", Mark::bad, {.colour = true}), "\x1b[1;31mx\x1b[0m");
}

TEST(Table, WrapsWordsThatAreTooLongForTheWidth) {
    Table table({"name", "rate", "because"});
    table.add_row({"x", "1/s", "many words of a reason"});
    table.add_row({"y", "2/s", "few"});
    EXPECT_EQ(table.render(20),
              "  name   rate\n  x      1/s\n  y      2/s\n\n"
              "  name   because\n  x      many words\n         of a reason\n  y      few\n");
    EXPECT_EQ(table.render(40),
              "  name   rate   because\n  x      1/s    many words of a reason\n  y      2/s    few\n");
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
