#include "analysis/stats/mann_whitney.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "all_deals.hpp"
#include "analysis/stats/distributions.hpp"

namespace portdrought::stats {
namespace {

using made::p_by_all_deals;
using made::u_by_pairs;

double cumulated(std::size_t n, std::size_t m, std::size_t u) {
    const auto distribution = u_distribution(n, m);
    return std::accumulate(distribution.begin(), distribution.begin() + static_cast<std::ptrdiff_t>(u) + 1, 0.0);
}

// Hollander and Wolfe, Nonparametric Statistical Methods, example 4.1: permeability of the chorioamnion, at term and
// between 12 and 26 weeks of gestation.
const std::vector<double> at_term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
const std::vector<double> before{1.15, 0.88, 0.90, 0.74, 1.21};

TEST(MannWhitney, AgreesWithThePublishedTable) {
    // Mann and Whitney, Annals of Mathematical Statistics 18 (1947), table I: P(U <= u) to three digits.
    EXPECT_NEAR(cumulated(3, 3, 0), 0.050, 5e-4);
    EXPECT_NEAR(cumulated(4, 4, 0), 0.014, 5e-4);
    EXPECT_NEAR(cumulated(4, 4, 1), 0.029, 5e-4);
    EXPECT_NEAR(cumulated(4, 4, 2), 0.057, 5e-4);
    EXPECT_NEAR(cumulated(4, 4, 3), 0.100, 5e-4);
    EXPECT_NEAR(cumulated(4, 4, 4), 0.171, 5e-4);
    EXPECT_NEAR(cumulated(4, 4, 7), 0.443, 5e-4);
}

TEST(MannWhitney, AgreesWithThePublishedCriticalValues) {
    // Siegel, Nonparametric Statistics (1956), table K: the largest U that is significant at 5 %, two-sided.
    constexpr struct {
        std::size_t n, m, largest;
    } table[] = {{4, 4, 0},  {5, 5, 2},    {6, 6, 5},   {7, 7, 8},    {8, 8, 13},
                 {9, 9, 17}, {10, 10, 23}, {9, 12, 26}, {20, 20, 127}};
    for (const auto& [n, m, largest] : table) {
        EXPECT_LE(2 * cumulated(n, m, largest), 0.05) << n << ", " << m;
        EXPECT_GT(2 * cumulated(n, m, largest + 1), 0.05) << n << ", " << m;
    }
}

TEST(MannWhitney, SolvesTheWorkedExample) {
    const RankTest test = mann_whitney(before, at_term);
    EXPECT_EQ(test.statistic, 35);
    EXPECT_NEAR(test.p, 2 * 0.1272, 1e-4);  // the book's one-sided 0.1272
    EXPECT_TRUE(test.exact);
    EXPECT_EQ(mann_whitney(at_term, before).p, test.p);
}

TEST(MannWhitney, CountsTiesExactly) {
    const std::vector<double> samples[] = {{1, 2, 2, 3, 5}, {2, 3, 3, 4, 5, 5, 6}, {0, 0, 0, 0, 7}, {1, 1, 1},
                                           {0, 0, 1},       {3, 1, 4, 1, 5, 9},    {5, 5, 5, 5}};
    for (const auto& a : samples)
        for (const auto& b : samples) {
            EXPECT_NEAR(mann_whitney(a, b).p, p_by_all_deals(a, b), 1e-12);
            EXPECT_EQ(mann_whitney(a, b).statistic, u_by_pairs(a, b));
        }
}

TEST(MannWhitney, AgreesWithAllDealsWithoutTies) {
    EXPECT_NEAR(mann_whitney(at_term, before).p, p_by_all_deals(at_term, before), 1e-12);
    EXPECT_NEAR(mann_whitney({1, 2, 3, 10}, {4, 5, 6, 7, 8}).p, p_by_all_deals({1, 2, 3, 10}, {4, 5, 6, 7, 8}), 1e-12);
}

TEST(MannWhitney, TwoWaysToCountAgreeUpToFiftyASide) {
    for (const auto& [n, m] : {std::pair{50UL, 50UL}, {50UL, 7UL}, {1UL, 30UL}}) {
        std::vector<std::uint32_t> ranks(n + m);
        std::iota(ranks.begin(), ranks.end(), 1U);
        const auto sums = chosen_sums(ranks, n);
        const auto u = u_distribution(n, m);
        const std::size_t least = n * (n + 1) / 2;
        for (std::size_t i = 0; i < u.size(); ++i)
            ASSERT_NEAR(sums[least + i] / u[i], 1, 1e-9) << n << ' ' << m << ' ' << i;
    }
}

TEST(MannWhitney, WorksWithoutVariance) {
    const std::vector<double> low(9, 1000), high(9, 3200);
    EXPECT_NEAR(mann_whitney(low, high).p, 2 / 48620.0, 1e-15);
    EXPECT_EQ(mann_whitney(low, low).p, 1);
    EXPECT_NEAR(least_p(9, 9), 2 / 48620.0, 1e-15);
    EXPECT_NEAR(least_p(4, 4), 2 / 70.0, 1e-15);
    EXPECT_EQ(least_p(1, 1), 1);
}

TEST(MannWhitney, GoesOverToTheNormalApproximationSmoothly) {
    std::vector<double> a(50), b(50);
    std::iota(a.begin(), a.end(), 0);
    std::iota(b.begin(), b.end(), 10.5);
    for (double& value : b) value = static_cast<double>(static_cast<int>(value));  // ties
    const RankTest exact = mann_whitney(a, b);
    a.push_back(25);
    b.push_back(36);
    const RankTest approximate = mann_whitney(a, b);
    EXPECT_TRUE(exact.exact);
    EXPECT_FALSE(approximate.exact);
    EXPECT_NEAR(approximate.p / exact.p, 1, 0.15);
    EXPECT_EQ(mann_whitney(std::vector<double>(60, 1), std::vector<double>(60, 1)).p, 1);
}

TEST(A12, IsTheShareOfPairsThatRise) {
    // Vargha and Delaney, Journal of Educational and Behavioral Statistics 25 (2000), equation 1 by its definition and
    // equation 14 by rank sums must be the same.
    EXPECT_EQ(a12({1, 2, 3}, {4, 5, 6}), 1);
    EXPECT_EQ(a12({4, 5, 6}, {1, 2, 3}), 0);
    EXPECT_EQ(a12({1, 1}, {1, 1}), 0.5);
    EXPECT_NEAR(a12({1, 2, 2, 3}, {2, 3, 5}), u_by_pairs({1, 2, 2, 3}, {2, 3, 5}) / 12, 1e-15);
    EXPECT_NEAR(a12(before, at_term), 0.7, 1e-15);
}

}  // namespace
}  // namespace portdrought::stats
