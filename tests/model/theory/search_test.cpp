// What the model's searches cost, seen through the latency of connect() at made-up costs, beside the laws of searches.
#include <gtest/gtest.h>

#include "analysis/knees/forecast.hpp"
#include "analysis/laws/probing.hpp"
#include "model/theory/model_runs.hpp"

namespace portdrought::model {
namespace {

using scenario::PortSearch;

// So little that it delays nobody; half of a range of 2^n ports is then where a bucket of the histogram begins.
constexpr core::Duration look = 8ns;
constexpr std::uint32_t default_range = 28'232;

/// Walking past ports is all that costs anything.
core::Costs walks_only() {
    core::Costs costs;
    costs.live_probe = costs.time_wait_probe = costs.time_wait_probe_cached = look;
    costs.connect = costs.connection = costs.failing_connection = core::Duration{0};
    return costs;
}

scenario::Scenario charged_pool(std::uint32_t ports, PortSearch search) {
    scenario::Scenario scenario = timed_wait_pool(ports, 60s);
    scenario.host.profile = "linux";
    scenario.host.port_search = search;
    return scenario;
}

struct Walks {
    double connects = 0, whole = 0;  // of these, past all ports of one parity
    double passed = 0;               // ports
};

Walks walks_of(const scenario::Scenario& scenario) {
    const record::RunRecord record = run_model(scenario, walks_only()).record;
    EXPECT_EQ(record.totals.outcomes.failed(), 0U);
    Walks walks;
    walks.connects = static_cast<double>(record.connect.count());
    walks.passed = static_cast<double>(record.connect.sum() / look);
    const core::Duration whole = look * (scenario.host.ports.size() / 2);
    for (const core::Histogram::Bucket& bucket : record.connect.buckets())
        if (bucket.upper >= whole) walks.whole += static_cast<double>(bucket.count);
    return walks;
}

TEST(TheorySearch, WholeWalksBeginExactlyBeyondHalfTheRange) {
    for (const PortSearch search : {PortSearch::linux_4_6, PortSearch::linux_5_12, PortSearch::linux_6_18})
        for (const int beyond : {0, 1, 2, 10, 100, 400}) {
            scenario::Scenario scenario = charged_pool(1024, search);
            scenario.load.rate = core::Rate{100};
            scenario.load.duration = (512 + beyond) * 10ms - 1ms;
            const Walks walks = walks_of(scenario);
            EXPECT_EQ(walks.connects, 512 + beyond);
            EXPECT_EQ(walks.whole, beyond);
            if (search == PortSearch::linux_4_6) {
                EXPECT_EQ(walks.passed, beyond * (laws::probes_while_filling({1024, 512}, 512) - 1));
            }
        }
}

/// From the fourth minute to the twelfth, `share` of the ports being taken for `residence` on average.
void expect_steady_walks(scenario::Scenario scenario, double share, core::Duration residence, double tolerance) {
    const std::uint32_t ports = scenario.host.ports.size();
    const laws::Search law{ports, ports / 2};
    const double taken = share * ports;
    scenario.load.rate = rate_for(share, ports, residence);
    scenario.load.duration = 240s;
    const Walks before = walks_of(scenario);
    scenario.load.duration = 720s;
    const Walks all = walks_of(scenario);
    const double connects = all.connects - before.connects;
    const double whole = (all.whole - before.whole) / connects, passed = (all.passed - before.passed) / connects;
    EXPECT_NEAR(whole, laws::share_of_walks(law, taken), tolerance * laws::share_of_walks(law, taken)) << share;
    const double expected = laws::probes_in_steady_state(law, taken) - 1;
    EXPECT_NEAR(passed, expected, tolerance * expected) << share;
}

// A range of 2^n ports: see look.
TEST(TheorySearch, TheHintWalksExactlyAsTheLawSays) {
    for (const std::uint32_t ports : {1024U, 32'768U})
        for (const double share : {0.6, 0.75, 0.9})
            expect_steady_walks(charged_pool(ports, PortSearch::linux_4_6), share, 60s, 0.01);
}

// The noise of the later searches makes their order a little worse than that of the law.
TEST(TheorySearch, TheTableWalksAsTheLawSaysWhereArrivalsAreRandom) {
    for (const double share : {0.6, 0.75, 0.9}) {
        scenario::Scenario scenario = charged_pool(32'768, PortSearch::linux_6_18);
        scenario.load.arrivals = core::Arrivals::poisson;
        expect_steady_walks(scenario, share, 60s, 0.08);
    }
}

TEST(TheorySearch, TheTableWalksAsTheLawSaysWhereTimersRunInSteps) {
    for (const double share : {0.6, 0.75, 0.9}) {
        scenario::Scenario scenario = charged_pool(32'768, PortSearch::linux_6_18);
        scenario.host.timed_wait_delay.reset();
        expect_steady_walks(scenario, share, 61'024ms, 0.12);
    }
}

// The built-in costs: 25 us before half of the default range, milliseconds beyond.
TEST(TheorySearch, LatencyJumpsAtHalfTheRange) {
    const core::Costs costs;
    scenario::Scenario scenario = charged_pool(default_range, PortSearch::linux_6_18);
    scenario.load.rate = core::Rate{1000};
    scenario.load.duration = 14'000ms;
    const core::Histogram below = run_model(scenario, costs).record.connect;
    scenario.load.duration = 14'200ms;
    const core::Histogram beyond = run_model(scenario, costs).record.connect;
    const laws::Search range{default_range, default_range / 2};
    const core::Duration walk =
        laws::walk_time(laws::probes_while_filling(range, default_range / 2) - 1, default_range, costs);
    EXPECT_LT(below.quantile(0.99), 2 * costs.connect);
    EXPECT_LT(below.max(), walk / 2);
    EXPECT_GE(beyond.max(), costs.connect + walk);
    EXPECT_LT(beyond.max(), costs.connect + walk + walk / 50);
}

// One thread that connects as fast as it can, on Linux's default range.
TEST(TheorySearch, AClosedLoopSettlesWhereTheForecastSays) {
    scenario::Scenario scenario = charged_pool(default_range, PortSearch::linux_6_18);
    scenario.load.rate.reset();
    scenario.load.in_flight = 16;
    scenario.load.duration = 360s;
    scenario.lab.sample = 1s;
    const Interval last = sum(run_model(scenario), 240, 360);
    const double predicted = knees::forecast(scenario).steady_cpu_per_s;
    EXPECT_EQ(last.failed, 0U);
    EXPECT_NEAR(static_cast<double>(last.ok) / 120, predicted, 0.1 * predicted);
    EXPECT_GT(predicted, 1.5 * default_range / 120.0) << "far beyond half of the range in TIME-WAIT";
}

}  // namespace
}  // namespace portdrought::model
