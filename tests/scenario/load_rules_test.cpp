#include "scenario/load_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using core::Arrivals;

/// "key: text" of the one finding.
std::string complaint_about(const std::function<void(Load&)>& change) {
    Scenario scenario;
    change(scenario.load);
    const auto found = load_findings(scenario);
    if (found.size() != 1) return std::to_string(found.size()) + " findings";
    return found.front().keys.front() + ": " + found.front().text;
}

constexpr const char* none = "0 findings";

TEST(LoadRules, AClosedLoopHasNoArrivals) {
    EXPECT_EQ(complaint_about([](Load& load) { load.rate.reset(), load.arrivals = Arrivals::bursts; }),
              "load.arrivals: load.rate = \"max\" starts an attempt when a slot is free, not by arrivals; write "
              "\"constant\", or a rate");
}

TEST(LoadRules, LengthsOfBurstsAreOfBursts) {
    const char* text = "has a part only in load.arrivals = \"bursts\"; write that, or leave it out";
    EXPECT_EQ(complaint_about([](Load& load) { load.burst_on = 2s; }), std::string("load.burst_on: ") + text);
    EXPECT_EQ(complaint_about([](Load& load) { load.burst_off = 2s; }), std::string("load.burst_off: ") + text);
    EXPECT_EQ(complaint_about([](Load& load) { load.burst_on = 2s, load.arrivals = Arrivals::bursts; }), none);
}

TEST(LoadRules, ADailyCurveIsOfDailyArrivals) {
    const char* text = "has a part only in load.arrivals = \"daily\"; write that, or leave it out";
    EXPECT_EQ(complaint_about([](Load& load) { load.daily_low = 0; }), std::string("load.daily_low: ") + text);
    EXPECT_EQ(complaint_about([](Load& load) { load.daily_period = 1h; }), std::string("load.daily_period: ") + text);
    EXPECT_EQ(complaint_about([](Load& load) { load.daily_low = 0, load.arrivals = Arrivals::daily; }), none);
}

TEST(LoadRules, ATraceAndItsArrivalsNeedEachOther) {
    EXPECT_EQ(complaint_about([](Load& load) { load.trace = "x.csv"; }),
              "load.trace: has a part only in load.arrivals = \"trace\"; write that, or leave it out");
    EXPECT_EQ(complaint_about([](Load& load) { load.trace_content = "x"; }),
              "load.trace_content: has a part only in load.arrivals = \"trace\"; write that, or leave it out");
    EXPECT_EQ(complaint_about([](Load& load) { load.arrivals = Arrivals::trace; }),
              "load.trace: is missing; write the name of a CSV file with the attempts, or another load.arrivals");
}

TEST(LoadRules, ATraceHasAttemptsWithinTheLoadAndARateOfItsOwn) {
    const auto with = [](core::Trace trace, double rate) {
        return [trace, rate](Load& load) {
            load.arrivals = Arrivals::trace;
            load.trace = "x.csv";
            load.duration = 10s;
            load.rate = core::Rate{rate};
            load.trace_rows.shared = std::make_shared<const core::Trace>(trace);
        };
    };
    const core::Trace twenty{{{0s, 10}, {5s, 10}, {10s, 100}}, 5s};
    EXPECT_EQ(complaint_about(with(twenty, 2)), none);
    EXPECT_EQ(complaint_about(with(twenty, 2.001)), none) << "as rounded by a person";
    EXPECT_EQ(complaint_about(with(twenty, 3)),
              "load.rate: \"3/s\" is not what the trace offers within load.duration; leave it out, or write \"2/s\"");
    EXPECT_EQ(complaint_about(with({{{10s, 5}}, 0s}, 2)),
              "load.trace: has no attempt within load.duration = \"10s\"; write another file, or a longer "
              "load.duration");
}

TEST(LoadRules, ADistributionHasAMean) {
    EXPECT_EQ(complaint_about([](Load& load) { load.hold_distribution = core::HoldDistribution::uniform; }),
              "load.hold_distribution: has load.hold as its mean, and that is \"0s\"; write a hold, or \"constant\"");
    EXPECT_EQ(complaint_about([](Load& load) {
                  load.hold_distribution = core::HoldDistribution::uniform;
                  load.hold = 1s;
              }),
              none);
}

}  // namespace
}  // namespace portdrought::scenario
