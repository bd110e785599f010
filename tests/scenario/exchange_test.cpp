#include "scenario/exchange.hpp"

#include <gtest/gtest.h>

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;

TEST(ExchangeOf, OnlyAPoolMayLeaveResponsesUnread) {
    Scenario scenario;
    scenario.load.pool_drain = false;
    EXPECT_TRUE(exchange_of(scenario).drained);
    EXPECT_FALSE(exchange_of(scenario).pooled);
    scenario.load.pool_size = 1;
    EXPECT_FALSE(exchange_of(scenario).drained);
    EXPECT_TRUE(exchange_of(scenario).pooled);
}

TEST(ExchangeOf, TheRelaysUpstreamClosesFirstAndAtOnce) {
    Scenario scenario;
    scenario.server.kind = ServerKind::relay;
    scenario.load.hold = 3s;
    scenario.load.requests_per_connection = 5;
    scenario.load.response_bytes = 77;
    scenario.load.passive_closes = false;
    const core::Exchange upstream = upstream_of(exchange_of(scenario));
    EXPECT_EQ(upstream.closer, core::Closer::server);
    EXPECT_EQ(upstream.hold, 0s);
    EXPECT_EQ(upstream.requests, 1U);
    EXPECT_EQ(upstream.response_bytes, 77U);
    EXPECT_TRUE(upstream.passive_closes);
    EXPECT_FALSE(upstream.relays) << "or it would fetch from an upstream of its own";
}

TEST(PoolLimits, AreTheScenarios) {
    Scenario scenario;
    scenario.load.pool_size = 3;
    scenario.load.pool_idle = 4s;
    scenario.load.pool_max_requests = 5;
    scenario.load.pool_drain = false;
    const core::PoolLimits limits = pool_limits(scenario);
    EXPECT_EQ(limits.size, 3U);
    EXPECT_EQ(limits.idle, 4s);
    EXPECT_EQ(limits.max_requests, 5U);
    EXPECT_FALSE(limits.drained);
}

TEST(OfferPlanOf, IsTheLoad) {
    Scenario scenario;
    scenario.load.rate = core::Rate{7};
    scenario.load.arrivals = core::Arrivals::poisson;
    scenario.load.duration = 8s;
    scenario.load.in_flight = 9;
    scenario.load.timeout = 11s;
    scenario.load.admission = core::Rate{6};
    scenario.lab.seed = 12;
    const core::OfferPlan plan = offer_plan(scenario);
    EXPECT_EQ(plan.rate->per_second, 7);
    EXPECT_EQ(plan.arrivals, core::Arrivals::poisson);
    EXPECT_EQ(plan.duration, 8s);
    EXPECT_EQ(plan.in_flight, 9U);
    EXPECT_EQ(plan.patience, 11s);
    EXPECT_EQ(plan.admission->per_second, 6);
    EXPECT_EQ(plan.seed, 12U);
}

}  // namespace
}  // namespace portdrought::scenario
