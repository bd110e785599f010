#include "scenario/exchange.hpp"

#include <gtest/gtest.h>

#include "core/pacer.hpp"
#include "scenario/compress.hpp"

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
    EXPECT_EQ(plan.arrivals.process, core::Arrivals::poisson);
    EXPECT_EQ(plan.duration, 8s);
    EXPECT_EQ(plan.in_flight, 9U);
    EXPECT_EQ(plan.patience, 11s);
    EXPECT_EQ(plan.admission->per_second, 6);
    EXPECT_EQ(plan.seed, 12U);
}

TEST(ArrivalPlanOf, IsTheLoad) {
    Load load;
    load.arrivals = core::Arrivals::bursts;
    load.burst_on = 1s;
    load.burst_off = 2s;
    load.daily_low = 0.5;
    load.daily_period = 3h;
    load.trace_rows.shared = std::make_shared<core::Trace>();
    const core::ArrivalPlan plan = arrival_plan(load);
    EXPECT_EQ(plan.process, core::Arrivals::bursts);
    EXPECT_EQ(plan.burst_on, 1s);
    EXPECT_EQ(plan.burst_off, 2s);
    EXPECT_EQ(plan.daily_low, 0.5);
    EXPECT_EQ(plan.daily_period, 3h);
    EXPECT_EQ(plan.trace, load.trace_rows.shared);
}

TEST(ArrivalPlanOf, ACompressedScenarioPacesTheSameAttempts) {
    Scenario scenario;
    scenario.lab.time_scale = 10;
    scenario.load.burst_on = 10s;
    scenario.load.burst_off = 20s;
    scenario.load.daily_period = 30s;
    scenario.load.trace_rows.shared = std::make_shared<core::Trace>(core::Trace{{{0s, 5}, {100s, 5}}, 100s});
    const Scenario real = compress(scenario);
    for (const auto process : {core::Arrivals::bursts, core::Arrivals::daily, core::Arrivals::trace}) {
        scenario.load.arrivals = process;
        core::Pacer slow(arrival_plan(scenario.load), *scenario.load.rate, 1);
        core::ArrivalPlan plan = arrival_plan(real.load);
        plan.process = process;
        core::Pacer fast(plan, *real.load.rate, 1);
        for (int i = 0; i < 10; ++i, slow.advance(), fast.advance())
            EXPECT_NEAR(core::seconds(fast.next_due()), core::seconds(slow.next_due()) / 10, 1e-8) << i;
    }
    EXPECT_EQ(scenario.load.trace_rows.shared->rows[1].at, 100s) << "other variants play it too";
}

TEST(HoldTimesOf, AreTheScenariosAndEachSideHasItsOwn) {
    Scenario scenario;
    scenario.load.hold = 1s;
    scenario.load.hold_distribution = core::HoldDistribution::uniform;
    EXPECT_EQ(longest_hold(scenario.load), 2s);
    core::HoldTimes client = hold_times(scenario, core::Side::client, 0);
    core::HoldTimes again = hold_times(scenario, core::Side::client, 0);
    core::HoldTimes server = hold_times(scenario, core::Side::server, 0);
    const core::Duration first = client.next();
    EXPECT_EQ(again.next(), first);
    EXPECT_NE(server.next(), first);
}

}  // namespace
}  // namespace portdrought::scenario
