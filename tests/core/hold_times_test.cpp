#include "core/hold_times.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;
using enum HoldDistribution;

constexpr std::size_t many = 200'000;

HoldTimes holds(HoldDistribution distribution, std::uint64_t seed = 1, Side side = Side::client, unsigned share = 0) {
    return {distribution, 1s, seed, side, share};
}

std::vector<double> draws(HoldDistribution distribution) {
    HoldTimes times = holds(distribution);
    std::vector<double> all(many);
    std::ranges::generate(all, [&] { return seconds(times.next()); });
    std::ranges::sort(all);
    return all;
}

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

/// Share of the values up to `limit`.
double up_to(const std::vector<double>& sorted, double limit) {
    return static_cast<double>(std::ranges::upper_bound(sorted, limit) - sorted.begin()) /
           static_cast<double>(sorted.size());
}

/// Four standard deviations of a share.
double noise(double share) { return 4 * std::sqrt(share * (1 - share) / static_cast<double>(many)); }

TEST(HoldTimes, AreAllTheMeanWhereTheyDoNotVary) {
    HoldTimes times = holds(constant);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(times.next(), 1s);
}

TEST(HoldTimes, ExponentialOnesHaveTheirMeanAndTail) {
    const auto all = draws(exponential);
    EXPECT_NEAR(mean(all), 1, 4 / std::sqrt(many));
    for (const double limit : {0.1, 1.0, 3.0}) {
        const double share = 1 - std::exp(-limit);
        EXPECT_NEAR(up_to(all, limit), share, noise(share)) << limit;
    }
}

TEST(HoldTimes, UniformOnesReachFromZeroToTwiceTheMean) {
    const auto all = draws(uniform);
    EXPECT_NEAR(mean(all), 1, 4 * std::sqrt(1.0 / 3 / many));
    for (const double limit : {0.2, 1.0, 1.9}) EXPECT_NEAR(up_to(all, limit), limit / 2, noise(limit / 2));
    EXPECT_GE(all.front(), 0);
    EXPECT_LE(all.back(), 2);
}

TEST(HoldTimes, LognormalOnesHaveTheirMeanMedianAndSpread) {
    const auto all = draws(lognormal);
    EXPECT_NEAR(mean(all), 1, 4 * std::sqrt((std::exp(1) - 1) / many));
    EXPECT_NEAR(up_to(all, std::exp(-0.5)), 0.5, noise(0.5));
    EXPECT_NEAR(up_to(all, std::exp(0.5)), 0.841345, noise(0.841345)) << "one standard deviation above the median";
    EXPECT_NEAR(up_to(all, std::exp(-1.5)), 0.158655, noise(0.158655));
}

TEST(HoldTimes, AreNoLongerThanTheySay) {
    EXPECT_EQ(longest_hold(constant, 1s), 1s);
    for (const HoldDistribution distribution : {exponential, uniform, lognormal}) {
        const auto all = draws(distribution);
        EXPECT_LE(all.back(), seconds(longest_hold(distribution, 1s)));
        EXPECT_GT(all.back(), 1.9);
    }
}

TEST(HoldTimes, BelongToSeedSideAndShare) {
    const Duration first = holds(exponential).next();
    EXPECT_EQ(holds(exponential).next(), first);
    EXPECT_NE(holds(exponential, 2).next(), first);
    EXPECT_NE(holds(exponential, 1, Side::server).next(), first);
    EXPECT_NE(holds(exponential, 1, Side::client, 1).next(), first);
}

}  // namespace
}  // namespace portdrought::core
