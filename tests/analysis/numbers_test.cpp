#include "analysis/text/numbers.hpp"

#include <gtest/gtest.h>

namespace portdrought::text {
namespace {

using namespace std::chrono_literals;

TEST(Numbers, GroupThousands) {
    EXPECT_EQ(thousands(0), "0");
    EXPECT_EQ(thousands(999), "999");
    EXPECT_EQ(thousands(1000), "1,000");
    EXPECT_EQ(thousands(18'446'744'073'709'551'615ULL), "18,446,744,073,709,551,615");
}

TEST(Numbers, FiguresHaveThreeSignificantDigits) {
    EXPECT_EQ(figure(33.3), "33.3");
    EXPECT_EQ(figure(0.5333), "0.53");
    EXPECT_EQ(figure(0.0222), "0.0222");
    EXPECT_EQ(figure(0.05), "0.05");
    EXPECT_EQ(figure(0.001234), "0.00123");
    EXPECT_EQ(figure(470.53), "471");
    EXPECT_EQ(figure(30), "30");
    EXPECT_EQ(figure(7992), "7,992");
    EXPECT_EQ(figure(999.7), "1,000");
    EXPECT_EQ(figure(9.999), "10");
    EXPECT_EQ(figure(99.96), "100");
    EXPECT_EQ(figure(0), "0");
    EXPECT_EQ(figure(-2.5), "-2.5");
    EXPECT_EQ(figure_below(470.53), "470.5");
    EXPECT_EQ(figure_below(136.57), "136.5");
    EXPECT_EQ(figure_below(470.49999999999994), "470.5");
    EXPECT_EQ(figure_below(999.9999999999), "1,000");
    EXPECT_EQ(figure_below(1882.9), "1,882");
    EXPECT_EQ(figure_below(0.538), "0.53");
    EXPECT_EQ(figure_below(0.0059), "0.005");
    EXPECT_EQ(figure_below(0), "0");
}

TEST(Numbers, AllAndNothingAreNeverTheResultOfRounding) {
    EXPECT_EQ(percent(0.5964), "59.6 %");
    EXPECT_EQ(percent(1), "100 %");
    EXPECT_EQ(percent(0.99999), ">99.9 %");
    EXPECT_EQ(percent(0), "0 %");
    EXPECT_EQ(percent(0.00001), "<0.1 %");
}

TEST(Numbers, LatenciesChangeTheirUnit) {
    EXPECT_EQ(latency(4'200ns), "4.2 us");
    EXPECT_EQ(latency(24us), "24 us");
    EXPECT_EQ(latency(99'600ns), "0.10 ms");
    EXPECT_EQ(latency(110us), "0.11 ms");
    EXPECT_EQ(latency(4'100us), "4.1 ms");
    EXPECT_EQ(latency(9'960us), "10 ms");
    EXPECT_EQ(latency(1'200ms), "1.20 s");
    EXPECT_EQ(difference(60us), "+0.06 ms");
    EXPECT_EQ(difference(-4'100us), "-4.1 ms");
}

TEST(Numbers, BytesAndPlurals) {
    EXPECT_EQ(bytes(1), "1 byte");
    EXPECT_EQ(bytes(512), "512 bytes");
    EXPECT_EQ(bytes(5'321'680), "5.32 MB");
    EXPECT_EQ(bytes(999'999), "1 MB");
    EXPECT_EQ(counted(1, "reset"), "1 reset");
    EXPECT_EQ(counted(3200, "reset"), "3,200 resets");
}

TEST(Numbers, RangesLeaveOutASharedUnit) {
    EXPECT_EQ(range("63.6 %", "63.9 %"), "[63.6, 63.9]");
    EXPECT_EQ(range("24 us", "0.11 ms"), "[24 us, 0.11 ms]");
    EXPECT_EQ(range("30.2/s", "30.6/s"), "[30.2, 30.6]");
}

}  // namespace
}  // namespace portdrought::text
