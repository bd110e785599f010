#include "analysis/stats/shift.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "analysis/stats/mann_whitney.hpp"

namespace portdrought::stats {
namespace {

// Hollander and Wolfe, example 4.1, as in mann_whitney_test.cpp.
const std::vector<double> at_term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
const std::vector<double> before{1.15, 0.88, 0.90, 0.74, 1.21};

TEST(Median, IsTheMeanOfTheMiddleTwoForAnEvenCount) {
    EXPECT_EQ(median({3}), 3);
    EXPECT_EQ(median({9, 1, 3}), 3);
    EXPECT_EQ(median({9, 1, 3, 4}), 3.5);
}

TEST(Shift, SolvesTheWorkedExample) {
    // Examples 4.3 and 4.4 of the book: estimate 0.305; 96 % interval from -0.15 to 0.76.
    const Shift result = shift(before, at_term, 0.96);
    EXPECT_NEAR(result.estimate, 0.305, 1e-12);
    ASSERT_TRUE(result.interval);
    EXPECT_NEAR(result.interval->lower, -0.15, 1e-12);
    EXPECT_NEAR(result.interval->upper, 0.76, 1e-12);
    EXPECT_GE(result.interval->confidence, 0.96);
    EXPECT_TRUE(result.interval->exact);
}

TEST(Shift, TurnsAroundWithItsSides) {
    const Shift there = shift(before, at_term), back = shift(at_term, before);
    EXPECT_NEAR(there.estimate, -back.estimate, 1e-12);
    EXPECT_NEAR(there.interval->lower, -back.interval->upper, 1e-12);
    EXPECT_NEAR(there.interval->upper, -back.interval->lower, 1e-12);
}

TEST(Shift, NeedsFourValuesASideForAnInterval) {
    EXPECT_FALSE(shift({1, 2, 3}, {4, 5, 6}).interval);
    const Shift four = shift({1, 2, 3, 4}, {11, 12, 13, 14});
    EXPECT_EQ(four.estimate, 10);
    EXPECT_EQ(four.interval->lower, 7);
    EXPECT_EQ(four.interval->upper, 13);
    EXPECT_NEAR(four.interval->confidence, 1 - 2 / 70.0, 1e-12);
}

TEST(Shift, ReachesTheKnownLevelAtTenAndTen) { EXPECT_NEAR(shift(at_term, at_term).interval->confidence, 0.957, 5e-4); }

TEST(Shift, WorksWithoutVariance) {
    const Shift result = shift(std::vector<double>(9, 1000), std::vector<double>(9, 3200));
    EXPECT_EQ(result.estimate, 2200);
    EXPECT_EQ(result.interval->lower, 2200);
    EXPECT_EQ(result.interval->upper, 2200);
}

TEST(Shift, ExcludesZeroExactlyWhereTheTestRejects) {
    std::mt19937 random(7);
    std::normal_distribution<double> noise;
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<double> a(9), b(11);
        for (double& value : a) value = noise(random);
        for (double& value : b) value = noise(random) + 1;
        const auto interval = shift(a, b).interval.value();
        EXPECT_EQ(interval.lower > 0 || interval.upper < 0, mann_whitney(a, b).p <= 1 - 0.95);
    }
}

TEST(Shift, AgreesWithTheTestWhereValuesTie) {
    std::mt19937 random(8);
    std::binomial_distribution<int> few(3, 0.4);
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<double> a(9), b(9);
        for (double& value : a) value = few(random) * 0.1;
        for (double& value : b) value = few(random) * 0.1 + (trial % 2) * 0.1;
        const Shift result = shift(a, b);
        const bool excludes_zero = result.interval->lower > 0 || result.interval->upper < 0;
        // The estimate itself may be 0 where most values tie: a shift does not describe such a difference.
        if (result.estimate == 0) continue;
        EXPECT_EQ(excludes_zero, mann_whitney(a, b).p <= 1 - 0.95);
    }
}

TEST(Shift, ApproximatesTheCutForManyValues) {
    std::mt19937 random(3);
    std::normal_distribution<double> noise;
    std::vector<double> a(50), b(50);
    for (double& value : a) value = noise(random);
    for (double& value : b) value = noise(random);
    const auto exact = shift(a, b).interval.value();
    a.push_back(median(a));
    b.push_back(median(b));
    const auto approximate = shift(a, b).interval.value();
    EXPECT_FALSE(approximate.exact);
    EXPECT_NEAR(approximate.upper - approximate.lower, exact.upper - exact.lower, 0.05);
}

}  // namespace
}  // namespace portdrought::stats
