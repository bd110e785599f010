#include "model/origins.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace portdrought::model {
namespace {

scenario::Scenario four_tuples() {
    scenario::Scenario scenario;
    scenario.host.sources = 2;
    scenario.host.destinations = 2;
    return scenario;
}

TEST(Origins, OneHostTakesSourcesAndThenDestinationsInTurn) {
    Origins origins(four_tuples(), 0);
    for (std::uint32_t i = 0; i < 12; ++i) {
        const Origin origin = origins.next();
        EXPECT_EQ(origin.tuple, i % 4);
        EXPECT_EQ(origin.destination, i % 4 / 2);
        EXPECT_EQ(origin.host, 0U);
    }
}

TEST(Origins, AWorkerHasEveryNthDestination) {
    scenario::Scenario scenario = four_tuples();
    scenario.host.destinations = 6;
    scenario.load.workers = 3;
    Origins origins(scenario, 1);
    for (std::uint32_t i = 0; i < 8; ++i) EXPECT_EQ(origins.next().destination, i % 4 < 2 ? 1U : 4U);
}

TEST(Origins, EveryHostTakesAllTuplesInTurn) {
    scenario::Scenario scenario = four_tuples();
    scenario.topology.hosts = 3;
    Origins origins(scenario, 0);
    for (std::uint32_t i = 0; i < 24; ++i) {
        const Origin origin = origins.next();
        EXPECT_EQ(origin.host, i % 3);
        EXPECT_EQ(origin.tuple, i / 3 % 4);
    }
}

TEST(Origins, RandomArrivalsHaveRandomHosts) {
    scenario::Scenario scenario = four_tuples();
    scenario.topology.hosts = 3;
    scenario.load.arrivals = core::Arrivals::poisson;
    Origins origins(scenario, 0);
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> counts;
    for (int i = 0; i < 12'000; ++i) {
        const Origin origin = origins.next();
        ++counts[{origin.host, origin.tuple}];
    }
    ASSERT_EQ(counts.size(), 12U);
    for (const auto& [place, count] : counts) EXPECT_NEAR(count, 1000, 150);  // five standard deviations
}

TEST(Origins, SkewFollowsZipf) {
    scenario::Scenario scenario;
    scenario.host.destinations = 3;
    scenario.topology.destination_skew = 1;
    Origins origins(scenario, 0);
    std::vector<int> counts(3);
    for (int i = 0; i < 11'000; ++i) ++counts[origins.next().destination];
    EXPECT_NEAR(counts[0], 6000, 270);  // shares of 6, 3 and 2 in 11
    EXPECT_NEAR(counts[1], 3000, 240);
    EXPECT_NEAR(counts[2], 2000, 210);
}

}  // namespace
}  // namespace portdrought::model
