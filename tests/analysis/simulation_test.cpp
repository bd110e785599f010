// What is played for a plan, and what of it is kept; the player is a law of its own here.
#include "analysis/knees/simulation.hpp"

#include <gmock/gmock.h>

#include "analysis/report/simulation_text.hpp"
#include "record/totals.hpp"

namespace portdrought::knees {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

scenario::Scenario behind_a_nat() {
    scenario::Scenario s;
    s.name = "played";
    s.load.rate = core::Rate{10};
    s.load.duration = 24h;
    s.lab.engine = scenario::Engine::model;
    s.lab.time_scale = 5;
    s.host.timed_wait_delay = 60s;
    s.server.port = 443;
    s.topology.hosts = 100;
    s.nat.profile = "azure-nat-gateway";
    s.nat.connections_per_destination = 6500;
    s.nat.after_fin = 65s;
    s.nat.after_reset = 16s;
    return s;
}

/// A NAT that lets `accepted_per_s` in from `full_s` on and everything before.
record::RunRecord played_by_hand(const scenario::Scenario& s, double full_s, double accepted_per_s) {
    record::RunRecord record;
    record.scenario = s;
    const double offered = s.load.rate->per_second * s.topology.hosts, end = core::seconds(s.load.duration);
    for (double t = 1; t <= end; ++t) {
        record::Sample sample;
        sample.t_s = t;
        sample.attempts = static_cast<std::uint64_t>(offered * t);
        sample.outcomes[core::Outcome::ok] =
            static_cast<std::uint64_t>(offered * std::min(t, full_s) + accepted_per_s * std::max(0.0, t - full_s));
        record.samples.push_back(sample);
    }
    record.totals.attempts = record.samples.back().attempts;
    record.totals.outcomes = record.samples.back().outcomes;
    record.nat.emplace();
    if (full_s < end) record.nat->first_drop_s = full_s;
    return record;
}

TEST(Simulation, LastsSeveralResidencesUncompressedOnTheModel) {
    const scenario::Scenario s = to_play(behind_a_nat());
    EXPECT_EQ(s.load.duration, 260s) << "4 x 65 s";
    EXPECT_EQ(s.lab.time_scale, 1);
    EXPECT_EQ(s.lab.engine, scenario::Engine::model);
    EXPECT_EQ(to_play(behind_a_nat(), {.most_attempts = 50'000}).load.duration, 50s) << "at 1,000 attempts a second";
    EXPECT_EQ(to_play(behind_a_nat(), {}, 300s).load.duration, 300s);
}

TEST(Simulation, PlaysAWholeCourseOfTheLoad) {
    scenario::Scenario s = behind_a_nat();
    s.load.arrivals = core::Arrivals::bursts;
    s.load.burst_on = 100s;
    s.load.burst_off = 500s;
    EXPECT_EQ(to_play(s).load.duration, 600s);
    Plan plan = plan_for(s);
    simulate(plan, [](const scenario::Scenario& played) { return played_by_hand(played, 6.5, 100); },
             {.most_attempts = 50'000, .most_mitigations = 0});
    EXPECT_THAT(report::simulation_text(plan, {.width = 80}), HasSubstr("Only 50 s of the load's course of 600 s"));
}

TEST(Simulation, CountsRequestsWhereThePlanDoes) {
    Plan plan = plan_for(behind_a_nat());
    simulate(plan, [](const scenario::Scenario& s) { return played_by_hand(s, 65, 100); }, {.most_mitigations = 1});
    EXPECT_THAT(report::simulation_text(plan, {.width = 120}), HasSubstr("1,000 req/s   1,000 req/s"));
}

TEST(Simulation, HasSlotsForAttemptsWhoseSynWasDropped) {
    scenario::Scenario s = behind_a_nat();
    s.load.in_flight = 1;
    EXPECT_GE(to_play(s).load.in_flight, 50U) << "10/s that wait for 5 s";
}

TEST(Simulation, KeepsWhatTheRunShowed) {
    const Played seen = played(played_by_hand(to_play(behind_a_nat()), 6.5, 100), 65);
    EXPECT_NEAR(seen.sustained_per_s.value(), 100, 1e-6);
    EXPECT_NEAR(seen.first_full_s.value(), 6.5, 1e-9);
    EXPECT_EQ(seen.duration_s, 260);
    const Played fine = played(played_by_hand(to_play(behind_a_nat()), 1e9, 0), 65);
    EXPECT_NEAR(fine.sustained_per_s.value(), 1000, 1e-6);
    EXPECT_FALSE(fine.first_full_s);
    EXPECT_EQ(fine.failed_share, 0);
}

TEST(Simulation, PlaysThePlanAndThreeMitigationsThatGainMost) {
    Plan plan = plan_for(behind_a_nat());
    std::vector<scenario::Scenario> seen;
    simulate(plan, [&](const scenario::Scenario& s) {
        seen.push_back(s);
        return played_by_hand(s, 6.5, 100);
    });
    ASSERT_EQ(seen.size(), 4U);
    EXPECT_TRUE(plan.played);
    std::vector<std::string> names;
    for (const Mitigation& item : plan.mitigations)
        if (item.played) names.push_back(item.name);
    EXPECT_THAT(names, testing::ElementsAre("keep-alive, 10 requests", testing::_, testing::_));
    EXPECT_EQ(seen[1].load.requests_per_connection, 10U);
    EXPECT_FALSE(plan.mitigations.front().played) << "a pool opens no known number of connections";
    EXPECT_NEAR(expected(plan).sustained_per_s.value(), 100, 1e-9);
    EXPECT_NEAR(expected(plan).first_full_s.value(), 6.5, 1e-9);
    const std::string text = report::simulation_text(plan, {.width = 80});
    EXPECT_THAT(text, HasSubstr("as it is                  260 s   100/s         100/s         6.5 s"));
}

TEST(Simulation, EndsWithARunThatWasInterrupted) {
    Plan plan = plan_for(behind_a_nat());
    int runs = 0;
    simulate(plan, [&](const scenario::Scenario& s) {
        ++runs;
        record::RunRecord record = played_by_hand(s, 6.5, 100);
        record.interrupted = true;
        return record;
    });
    EXPECT_EQ(runs, 1);
    EXPECT_THAT(report::simulation_text(plan, {.width = 80}), HasSubstr("interrupted"));
}

TEST(Simulation, SaysWhyARunIsNotValid) {
    Plan plan = plan_for(behind_a_nat());
    simulate(plan,
             [&](const scenario::Scenario& s) {
                 record::RunRecord record = played_by_hand(s, 6.5, 100);
                 record.validity = {false, {"It was too slow."}};
                 return record;
             },
             {.most_mitigations = 0});
    EXPECT_THAT(report::simulation_text(plan, {.width = 80}), HasSubstr("not valid: It was too slow."));
}

TEST(Simulation, LeavesOutWhatHasNoRateOfItsOwn) {
    scenario::Scenario s = behind_a_nat();
    s.load.rate.reset();
    Plan plan = plan_for(s);
    simulate(plan, [](const scenario::Scenario&) -> record::RunRecord { throw std::logic_error("played"); });
    EXPECT_FALSE(plan.played);
    EXPECT_EQ(report::simulation_text(plan, {}), "");
}

}  // namespace
}  // namespace portdrought::knees
