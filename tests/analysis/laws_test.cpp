// Laws of loss and of the search, against figures published or measured elsewhere; see docs/laws.md.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/laws/capacity.hpp"
#include "analysis/laws/erlang.hpp"
#include "analysis/laws/probing.hpp"

namespace portdrought::laws {
namespace {

using namespace std::chrono_literals;
using core::Rate;

TEST(ErlangB, AgreesWithSmallSystemsByHand) {
    EXPECT_DOUBLE_EQ(erlang_b(1, 1), 0.5);
    EXPECT_DOUBLE_EQ(erlang_b(2, 2), 0.4);        // (2^2/2) / (1 + 2 + 2)
    EXPECT_NEAR(erlang_b(3, 5), 0.110054, 1e-6);  // (243/120) / (1 + 3 + 4.5 + 4.5 + 3.375 + 2.025)
    EXPECT_DOUBLE_EQ(erlang_b(5, 0), 1);
    EXPECT_DOUBLE_EQ(erlang_b(0, 5), 0);
}

TEST(ErlangB, AgreesWithThePublishedFigures) {
    EXPECT_NEAR(erlang_b(40, 64), 1.1e-4, 0.05e-4);
    EXPECT_NEAR(erlang_b(56, 64), 0.033, 0.0005);
    EXPECT_NEAR(erlang_b(64, 64), 0.093, 0.0005);
    EXPECT_NEAR(erlang_b(1000, 1024), 0.012, 0.0005);
    const double ports = 28'232;
    EXPECT_NEAR(erlang_b(0.98 * ports, 28'232), 7.8e-6, 0.05e-6);
    EXPECT_NEAR(erlang_b(0.99 * ports, 28'232), 6.0e-4, 0.05e-4);
    EXPECT_NEAR(erlang_b(1.00 * ports, 28'232), 4.73e-3, 0.005e-3);
    EXPECT_NEAR(erlang_b(1.05 * ports, 28'232), 0.0483, 0.00005);
    EXPECT_NEAR(erlang_b(1.20 * ports, 28'232), 0.167, 0.0005);
}

TEST(ErlangB, FollowsItsAsymptotes) {
    EXPECT_NEAR(erlang_b(28'232, 28'232) / std::sqrt(2 / (3.14159265358979 * 28'232)), 1, 0.01);
    EXPECT_NEAR(erlang_b(2 * 28'232, 28'232), failing_fraction(28'232, Rate{2 * 28'232}, 1s), 1e-4);
}

TEST(ErlangB, NeitherOverflowsNorSlowsDownFarFromTheKnee) {
    EXPECT_EQ(erlang_b(10, 1'000'000), 0);
    EXPECT_NEAR(erlang_b(1e9, 1'000'000), 0.999, 1e-6);
    EXPECT_DOUBLE_EQ(carried_load(2, 2), 1.2);
}

TEST(PoissonExcess, AgreesWithSmallSumsAndWithTheNormalLimit) {
    EXPECT_NEAR(poisson_excess(1, 0), 1, 1e-12);
    EXPECT_NEAR(poisson_excess(1, 1), std::exp(-1), 1e-12);      // 1 - 1 + P(N = 0)
    EXPECT_NEAR(poisson_excess(2, 1), 1 + std::exp(-2), 1e-12);  // 2 - 1 + P(N = 0)
    EXPECT_NEAR(poisson_excess(1e4, 10'000), 100 / std::sqrt(2 * 3.14159265358979), 0.01);
    EXPECT_NEAR(poisson_excess(2e6, 1'000'000), 1e6, 1e-3);
    EXPECT_EQ(poisson_excess(1000, 100'000), 0);
    EXPECT_EQ(poisson_excess(0, 5), 0);
}

TEST(ExpectedFailures, GrowFromRareToTheOverflow) {
    EXPECT_LT(expected_failures(1000, Rate{12}, 60s, 600s), 0.01);
    EXPECT_NEAR(expected_failures(1000, Rate{100}, 60s, 600s), 100 * 600 - 10 * 1000, 100);  // less what is carried
    EXPECT_NEAR(expected_failures(1000, Rate{100}, 60s, 20s), 1000, 1) << "nothing has come back yet";
    const double rate = rate_of_failures(1000, 60s, 600s);
    EXPECT_NEAR(expected_failures(1000, Rate{rate}, 60s, 600s), 1, 1e-6);
    EXPECT_LT(rate, sustainable_rate(1000, 60s)) << "bursts fail before the mean does";
    EXPECT_GT(rate, 0.85 * sustainable_rate(1000, 60s));
    EXPECT_TRUE(std::isinf(rate_of_failures(1000, 0s, 600s)));
}

TEST(CapacityLaws, OverloadFailsWithTheShareThatDoesNotFit) {
    EXPECT_NEAR(failing_fraction(28'232, Rate{600}, 60s), 1 - 28'232.0 / 36'000, 1e-12);
    EXPECT_EQ(failing_fraction(28'232, Rate{400}, 60s), 0);
}

TEST(CapacityLaws, ReuseHelpsShortConnectionsAndHardlyLongOnes) {
    EXPECT_NEAR(reuse_factor(100ms, 60s, 1s), 54.6, 0.05);
    EXPECT_NEAR(reuse_factor(60s, 60s, 1s), 1.97, 0.005);
    EXPECT_NEAR(reuse_factor(0s, 60s, 1s), 60, 1e-9);
}

TEST(CapacityLaws, KeepAliveTradesOpensForOpenTime) {
    const KeepAlive kept = keep_alive(Rate{1000}, 100, 20ms);
    EXPECT_DOUBLE_EQ(kept.connections.per_second, 10);
    EXPECT_EQ(kept.open, 2s);
    EXPECT_DOUBLE_EQ(little(kept.connections, kept.open + 60s), 620);  // 60,000 without
}

TEST(Probing, BoundedRandomProbingFailsSuddenly) {
    EXPECT_NEAR(bounded_probing_failure(0.95, 248), 3.0e-6, 0.05e-6);
    EXPECT_NEAR(bounded_probing_failure(0.98, 248), 0.0067, 0.00005);
    EXPECT_NEAR(bounded_probing_failure(0.99, 248), 0.083, 0.0005);
    EXPECT_DOUBLE_EQ(bounded_probing_failure(0.5, 1), 0.5);
    EXPECT_DOUBLE_EQ(mean_random_probes(0.75), 4);
    EXPECT_TRUE(std::isinf(mean_random_probes(1)));
}

TEST(ScanLength, JumpsAtHalfOfTheRangeAndAgainWhenFull) {
    constexpr Search linux_default{28'232, 14'116};
    EXPECT_EQ(probes_while_filling(linux_default, 14'115), 1);
    EXPECT_EQ(probes_while_filling(linux_default, 14'116), 14'117);
    EXPECT_EQ(probes_while_filling(linux_default, 28'231), 14'117);
    EXPECT_EQ(probes_while_filling(linux_default, 28'232), 28'232);
    EXPECT_NEAR(core::seconds(walk_time(14'117, 28'232)), 5.2e-3, 0.05e-3);
    EXPECT_NEAR(core::seconds(walk_time(28'232, 28'232)), 10.4e-3, 0.1e-3)
        << "about 100 failing connects fill a second";
}

TEST(ScanLength, WalksInSteadyStateOnlyForWhatDoesNotFitIntoTheFirstHalf) {
    constexpr Search search{1000, 500};
    EXPECT_EQ(probes_in_steady_state(search, 500), 1);
    EXPECT_DOUBLE_EQ(share_of_walks(search, 625), 0.2);
    EXPECT_DOUBLE_EQ(probes_in_steady_state(search, 625), 101);
    EXPECT_EQ(probes_in_steady_state(search, 1000), 1000);
    EXPECT_NEAR(core::seconds(walk_time(501, 1000)), 80e-6, 1e-6) << "tables that fit into caches";
}

}  // namespace
}  // namespace portdrought::laws
