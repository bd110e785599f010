#include "analysis/stats/signed_rank.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "analysis/stats/shift.hpp"

namespace portdrought::stats {
namespace {

// Hollander and Wolfe, example 3.1: Hamilton depression scale of nine patients, before and after the first
// tranquilliser.
std::vector<double> differences() {
    const std::vector<double> before{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    const std::vector<double> after{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    std::vector<double> result;
    for (std::size_t i = 0; i < before.size(); ++i) result.push_back(after[i] - before[i]);
    return result;
}

double v_of(const std::vector<double>& values) {
    double v = 0;
    for (const double value : values) {
        if (value <= 0) continue;
        for (const double other : values)
            if (other != 0) v += std::abs(other) < value ? 1 : std::abs(other) == value ? 0.5 : 0;
        v += 0.5;
    }
    return v;
}

/// Two-sided p by going through every choice of signs.
double p_by_all_signs(const std::vector<double>& values) {
    double all = 0;
    for (const double value : values) all += value != 0 ? 1 : 0;
    const double mean = all * (all + 1) / 4, observed = std::abs(v_of(values) - mean);
    int as_far = 0;
    for (unsigned mask = 0; mask < 1U << values.size(); ++mask) {
        std::vector<double> other = values;
        for (std::size_t i = 0; i < other.size(); ++i)
            if ((mask >> i & 1U) != 0) other[i] = -other[i];
        if (std::abs(v_of(other) - mean) >= observed) ++as_far;
    }
    return as_far / std::pow(2.0, static_cast<double>(values.size()));
}

TEST(SignedRank, SolvesTheWorkedExample) {
    const RankTest test = signed_rank(differences());
    EXPECT_EQ(test.statistic, 5);
    EXPECT_NEAR(test.p, 2 * 0.0195, 1e-4);  // the book's one-sided 0.020
    // Examples 3.3 and 3.4: estimate -0.46; 96.1 % interval from -0.786 to -0.010.
    const Shift shift = paired_shift(differences(), 0.96);
    EXPECT_NEAR(shift.estimate, -0.46, 1e-3);
    EXPECT_NEAR(shift.interval->lower, -0.786, 1e-9);
    EXPECT_NEAR(shift.interval->upper, -0.010, 1e-9);
    EXPECT_NEAR(shift.interval->confidence, 0.961, 5e-4);
}

TEST(SignedRank, CountsTiesAndZerosExactly) {
    const std::vector<double> samples[] = {
        {1, -1, 2, 2, 3}, {0, 0, 4, 5, -6, 7}, {2, 2, 2, 2, 2, 2, -2}, {-1, -2, -3, -4}, {0, 1}, {3, -3}};
    for (const auto& values : samples) EXPECT_NEAR(signed_rank(values).p, p_by_all_signs(values), 1e-12);
}

TEST(SignedRank, WorksWithoutVariance) {
    EXPECT_NEAR(signed_rank(std::vector<double>(9, 2200)).p, 2 / 512.0, 1e-15);
    EXPECT_EQ(signed_rank(std::vector<double>(9, 0)).p, 1);
    EXPECT_NEAR(least_paired_p(9), 2 / 512.0, 1e-15);
    EXPECT_EQ(paired_shift(std::vector<double>(9, 2200)).interval->lower, 2200);
}

TEST(SignedRank, NeedsSixPairsForAnInterval) {
    EXPECT_FALSE(paired_shift({1, 2, 3, 4, 5}).interval);
    EXPECT_TRUE(paired_shift({1, 2, 3, 4, 5, 6}).interval);
}

TEST(SignedRank, GoesOverToTheNormalApproximationSmoothly) {
    std::mt19937 random(5);
    std::normal_distribution<double> noise(0.3);
    std::vector<double> values(50);
    for (double& value : values) value = noise(random);
    const RankTest exact = signed_rank(values);
    values.push_back(0.01);
    const RankTest approximate = signed_rank(values);
    EXPECT_FALSE(approximate.exact);
    EXPECT_NEAR(approximate.p / exact.p, 1, 0.1);
    EXPECT_FALSE(paired_shift(values).interval->exact);
}

TEST(SignedRank, EffectIsTheShareOfPairsThatRise) {
    EXPECT_EQ(paired_a12({1, 1, -1, 0}), 0.625);
    EXPECT_EQ(paired_a12({0, 0}), 0.5);
}

}  // namespace
}  // namespace portdrought::stats
