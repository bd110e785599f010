#include "sweep/range.hpp"

#include <gmock/gmock.h>

namespace portdrought::sweep {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;
using testing::SizeIs;

TEST(Range, CountsUpInTheUnitOfItsLowerEnd) {
    EXPECT_THAT(range_values("100/s..200/s:50", false).values, ElementsAre("100/s", "150/s", "200/s"));
    EXPECT_THAT(range_values("100/s..200/s:50/s", false).values, ElementsAre("100/s", "150/s", "200/s"));
    EXPECT_THAT(range_values("1..7:3", true).values, ElementsAre("1", "4", "7"));
    EXPECT_THAT(range_values("30s..2min:30s", false).values, ElementsAre("30s", "60s", "90s", "120s"));
    EXPECT_THAT(range_values("500ms..2s:500", false).values, ElementsAre("500ms", "1s", "1.5s", "2s"));
    EXPECT_THAT(range_values("512B..2KB:512B", false).values, ElementsAre("512B", "1KB", "1536B", "2KB"));
}

TEST(Range, EndsBelowItsUpperEndWhereTheStepDoesNotMeetIt) {
    EXPECT_THAT(range_values("1..10:4", true).values, ElementsAre("1", "5", "9"));
    EXPECT_THAT(range_values("5..5:1", true).values, ElementsAre("5"));
}

TEST(Range, CountsDecimalsWithoutError) {
    EXPECT_THAT(range_values("0.1..0.5:0.1", false).values, ElementsAre("0.1", "0.2", "0.3", "0.4", "0.5"));
    EXPECT_THAT(range_values("33.3/s..33.5/s:0.1", false).values, ElementsAre("33.3/s", "33.4/s", "33.5/s"));
}

TEST(Range, MultipliesByAFactor) {
    EXPECT_THAT(range_values("1..1000:x10", true).values, ElementsAre("1", "10", "100", "1000"));
    EXPECT_THAT(range_values("100/s..250/s:x1.5", false).values, ElementsAre("100/s", "150/s", "225/s"));
    EXPECT_THAT(range_values("1s..8s:x2", false).values, ElementsAre("1s", "2s", "4s", "8s"));
    // Whole numbers that round to the same value are one.
    EXPECT_THAT(range_values("1..4:x1.4", true).values, ElementsAre("1", "2", "3", "4"));
}

TEST(Range, SaysWhatIsWrongAndWhatWouldBeRight) {
    const auto expect = [](const char* item, const char* text) {
        const RangeValues range = range_values(item, false);
        EXPECT_THAT(range.values, SizeIs(0)) << item;
        EXPECT_THAT(range.fault, Optional(HasSubstr(text))) << item;
    };
    expect("1/s..9/s", "has no step; write 1/s..9/s:STEP with a step such as 5/s, or 1/s..9/s:x2 to double");
    expect("9/s..1/s:1", "runs backwards; write 1/s..9/s");
    expect("1/s..9:1", "different units");
    expect("1s..9/s:1", "different units");
    expect("1/s..9/min:1", "different units");
    expect("1/s..9/s:0", "\"0\" for a step");
    expect("1/s..9/s:1s", "\"1s\" for a step");
    expect("1/s..9/s:fast", "\"fast\" for a step");
    expect("1/s..9/s:x1", "\"x1\" for a factor; write a number of at least 1.001");
    expect("1/s..9/s:x", "\"x\" for a factor");
    expect("0s..9s:x2", "begins at 0");
    expect("1/s..max:2", "\"max\" for an end");
    expect("1..1000000:1", "more than 100000 values; write a larger step");
    expect("1ns..1h:1ns", "more than 100000 values");
    expect("1..8e300:1", "for an end");
    expect("1..1000000000000000:1", "for an end");
}

TEST(Range, IsTwoDotsBehindANumber) {
    EXPECT_TRUE(is_range("1..2:1"));
    EXPECT_FALSE(is_range("../trace.csv"));
    EXPECT_FALSE(is_range("20000-20499"));
    EXPECT_FALSE(is_range("a..b"));
}

}  // namespace
}  // namespace portdrought::sweep
