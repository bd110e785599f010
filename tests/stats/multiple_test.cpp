#include "analysis/stats/multiple.hpp"

#include <gtest/gtest.h>

namespace portdrought::stats {
namespace {

TEST(Holm, SolvesTheUsualExample) {
    // Four hypotheses at 5 %: 0.005 x 4 and 0.01 x 3 are rejected, 0.03 x 2 is not and shelters 0.04 with it.
    const std::vector<double> adjusted = holm({0.01, 0.04, 0.03, 0.005});
    ASSERT_EQ(adjusted.size(), 4U);
    EXPECT_NEAR(adjusted[0], 0.03, 1e-12);
    EXPECT_NEAR(adjusted[1], 0.06, 1e-12);
    EXPECT_NEAR(adjusted[2], 0.06, 1e-12);
    EXPECT_NEAR(adjusted[3], 0.02, 1e-12);
}

TEST(Holm, NeverExceedsOneAndLeavesOneAlone) {
    EXPECT_EQ(holm({0.9, 0.6}), (std::vector<double>{1, 1}));
    EXPECT_EQ(holm({0.04}), std::vector<double>{0.04});
    EXPECT_TRUE(holm({}).empty());
}

TEST(Wilson, AgreesWithThePublishedIntervals) {
    // Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3 (score, without continuity correction).
    constexpr struct {
        std::uint64_t successes, trials;
        double lower, upper;
    } table[] = {{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}};
    for (const auto& [successes, trials, lower, upper] : table) {
        const Interval interval = wilson(successes, trials);
        EXPECT_NEAR(interval.lower, lower, 5e-5) << successes << " of " << trials;
        EXPECT_NEAR(interval.upper, upper, 5e-5) << successes << " of " << trials;
    }
}

TEST(Wilson, EndsAtZeroAndOne) {
    EXPECT_EQ(wilson(0, 20).lower, 0);
    EXPECT_EQ(wilson(40, 40).upper, 1);
    EXPECT_NEAR(wilson(40, 40).lower, 1 - wilson(0, 40).upper, 1e-12);
}

}  // namespace
}  // namespace portdrought::stats
