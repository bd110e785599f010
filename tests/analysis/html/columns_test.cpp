#include "analysis/html/columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace portdrought::html {
namespace {

using charts::Scale;
using charts::Unit;
using testing::ElementsAre;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// As page/decode.js reads it.
std::vector<long> unpacked(const std::string& text) {
    static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::vector<long> steps;
    long last = 0;
    std::size_t at = 0;
    const auto number = [&] {
        long result = 0, factor = 1;
        for (;; factor *= 32) {
            const auto digit = static_cast<long>(digits.find(text.at(at++)));
            result += (digit & 31) * factor;
            if (digit < 32) return result;
        }
    };
    while (at < text.size()) {
        if (text[at] == '~') {
            ++at;
            steps.push_back(unknown);
        } else if (text[at] == '!') {
            ++at;
            for (long count = number(); count > 0; --count) steps.push_back(last);
        } else {
            const long difference = number();
            steps.push_back(last += difference % 2 != 0 ? -(difference / 2) : difference / 2);
        }
    }
    return steps;
}

TEST(Columns, ComeBackAsTheyWere) {
    const std::vector<long> steps{0, 0, 5, 5, 5, 5, -3, unknown, unknown, -3, 1'000'000, 999'999, 40, 40};
    EXPECT_EQ(unpacked(packed(steps)), steps);
    EXPECT_EQ(unpacked(packed({})), std::vector<long>{});
}

TEST(Columns, TakeAFewCharactersForManyEqualValues) {
    EXPECT_LE(packed(std::vector<long>(3000, 7)).size(), 8U);
    std::vector<long> even;
    for (long i = 0; i < 3000; ++i) even.push_back(200 * i);
    EXPECT_LE(packed_evenly(even).size(), 10U);
}

TEST(Columns, KeepCountsExact) {
    const Packing packing = packing_for(28232, Scale::linear, Unit::count);
    EXPECT_EQ(packing.exponent, 0);
    EXPECT_THAT(steps_of({28232, 3, nan}, packing), ElementsAre(28232, 3, unknown));
}

TEST(Columns, RoundToAThousandthOfTheHeight) {
    const Packing packing = packing_for(100, Scale::linear, Unit::percent);
    EXPECT_EQ(packing.exponent, -1);
    EXPECT_THAT(steps_of({99.96, 0.04}, packing), ElementsAre(1000, 0));
}

TEST(Columns, RoundLatenciesByTheirSize) {
    EXPECT_THAT(steps_of({24, 24000, 0}, {Scale::logarithmic}), ElementsAre(1380, 4380, unknown));
}

TEST(Columns, KeepPercentilesUpToTheLast) {
    EXPECT_THAT(steps_of({0.0, 0.9, 0.999, 1.0}, {Scale::percentile}), ElementsAre(0, 1000, 3000, certain));
}

TEST(Columns, ThinAPanelWithoutLosingItsExtremes) {
    charts::Panel panel;
    charts::Series series{"a", "a", {}, {}, {}, false};
    for (int i = 0; i < 3000; ++i) {
        panel.x.push_back(i);
        series.y.push_back(i == 1234 ? 500 : i == 2000 ? nan : 10);
    }
    panel.series.push_back(series);
    const charts::Panel thin = thinned(panel, 100);
    EXPECT_LE(thin.x.size(), 100U);
    EXPECT_EQ(thin.x.front(), 0);
    EXPECT_EQ(thin.x.back(), 2999);
    EXPECT_TRUE(std::ranges::is_sorted(thin.x));
    const auto& high = thin.series.front().high;
    EXPECT_EQ(*std::ranges::max_element(high), 500);
    EXPECT_EQ(thinned(panel, 3000).x.size(), 3000U);
}

}  // namespace
}  // namespace portdrought::html
