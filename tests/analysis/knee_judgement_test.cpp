#include "analysis/knees/judgement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/knees/observation.hpp"

namespace portdrought::knees {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

scenario::Scenario thousand_ports() {
    scenario::Scenario scenario;
    scenario.load.rate = core::Rate{20};
    scenario.load.duration = 150s;
    scenario.host.ports = {20000, 20999};
    scenario.host.timed_wait_delay = 60s;
    scenario.lab.time_scale = 50;
    return scenario;
}

Bracket bracketed(double low, double high) {
    Bracket bracket;
    bracket.status = Status::bracketed;
    bracket.low = low;
    bracket.high = high;
    return bracket;
}

Knees as_predicted() {
    Knees knees;
    knees.cliff = bracketed(8.2, 8.6);
    knees.first_failure = bracketed(16.3, 17.1);
    knees.ceiling.status = Status::bracketed;
    knees.ceiling.low = 16.6;
    knees.ceiling.high = 16.7;
    return knees;
}

std::array<Judgement, 3> judged(const Knees& knees, const scenario::Scenario& scenario = thousand_ports()) {
    return judge(forecast(scenario), knees, scenario);
}

TEST(Judgement, IsOpenWhereNothingIsPredicted) {
    auto pooled = thousand_ports();
    pooled.load.pool_size = 8;
    for (const Judgement& item : judge(forecast(pooled), as_predicted(), pooled)) {
        EXPECT_EQ(item.verdict, Verdict::open) << item.knee;
        EXPECT_EQ(item.predicted, "unknown");
        EXPECT_EQ(item.reason, "");
    }
}

TEST(Judgement, HoldsTheCeilingAgainstThatOfTheSlots) {
    auto held = thousand_ports();
    held.load.hold = 40s;
    held.load.in_flight = 200;
    Knees knees;
    knees.ceiling.status = Status::beyond;
    knees.ceiling.low = 4.9;
    knees.ceiling.high = 5.1;
    EXPECT_EQ(judge(forecast(held), knees, held)[2].verdict, Verdict::agrees);
    knees.ceiling.low = 3;
    knees.ceiling.high = 3.1;
    EXPECT_EQ(judge(forecast(held), knees, held)[2].verdict, Verdict::differs);
}

TEST(Judgement, AgreesWhereTheBracketEnclosesThePrediction) {
    for (const Judgement& item : judged(as_predicted())) {
        EXPECT_EQ(item.verdict, Verdict::agrees) << item.knee;
        EXPECT_EQ(item.off, 0);
        EXPECT_EQ(item.reason, "");
    }
    EXPECT_EQ(judged(as_predicted())[0].measured, "[8.2, 8.6]/s");
    EXPECT_EQ(judged(as_predicted())[0].predicted, "8.33/s");
}

TEST(Judgement, ToleratesFivePercentAndSaysHowMuch) {
    Knees knees = as_predicted();
    knees.cliff = bracketed(8.6, 9.0);  // 8.33 x 1.03
    EXPECT_EQ(judged(knees)[0].words, "agrees, +3 %");
    knees.cliff = bracketed(8.9, 9.3);  // 8.33 x 1.07
    const Judgement higher = judged(knees)[0];
    EXPECT_EQ(higher.verdict, Verdict::differs);
    EXPECT_EQ(higher.words, "differs, +7 %");
    EXPECT_THAT(higher.reason, HasSubstr("more ports"));
    knees.cliff = bracketed(6, 6.3);
    EXPECT_EQ(judged(knees)[0].words, "differs, -24 %");
    EXPECT_THAT(judged(knees)[0].reason, HasSubstr("busy"));
}

TEST(Judgement, NamesWhatMayDelayPorts) {
    Knees knees = as_predicted();
    knees.first_failure = bracketed(14, 14.5);
    EXPECT_THAT(judged(knees)[1].reason, HasSubstr("removal comes late"));
    auto natural = thousand_ports();
    natural.host.timed_wait_delay.reset();
    natural.lab.time_scale = 1;
    EXPECT_THAT(judged(knees, natural)[1].reason, HasSubstr("60 to 62 s"));
}

TEST(Judgement, KnowsNoneAsAResult) {
    auto scenario = thousand_ports();
    scenario.host.port_choice = scenario::PortChoice::sequential;
    Knees knees = as_predicted();
    EXPECT_EQ(judged(knees, scenario)[0].words, "not predicted");
    EXPECT_EQ(judged(knees, scenario)[0].verdict, Verdict::differs);
    knees.cliff = {};
    knees.cliff.status = Status::not_seen;
    knees.cliff.low = 20.8;
    EXPECT_EQ(judged(knees, scenario)[0].verdict, Verdict::agrees);
    EXPECT_EQ(judged(knees, scenario)[0].measured, "none up to 20.8/s");
    EXPECT_EQ(judged(knees)[0].words, "not there") << "predicted at 8.33/s";
    knees.cliff.low = 5;
    EXPECT_EQ(judged(knees)[0].verdict, Verdict::open) << "nobody looked there";
}

TEST(Judgement, SaysWhatTheGeneratorHides) {
    scenario::Scenario scenario;  // Linux defaults: a worker never gets to the ports
    scenario.load.duration = 180s;
    Knees knees;
    knees.cliff = bracketed(230, 240);
    knees.first_failure.status = Status::beyond;
    knees.first_failure.low = 240;
    knees.ceiling.status = Status::beyond;
    knees.ceiling.low = 240;
    knees.ceiling.high = 250;
    const auto items = judged(knees, scenario);
    EXPECT_EQ(items[1].words, "agrees: never reached");
    EXPECT_EQ(items[2].verdict, Verdict::agrees);
    EXPECT_EQ(items[2].predicted, "235/s");
    knees.first_failure.low = 10;
    EXPECT_EQ(judged(knees)[1].words, "cannot be offered");
    EXPECT_EQ(judged(knees)[1].verdict, Verdict::open);
}

TEST(Judgement, ClaimsNothingOfASearchThatEndedBefore) {
    for (const Judgement& item : judged(Knees{})) {
        EXPECT_EQ(item.verdict, Verdict::open);
        EXPECT_EQ(item.measured, "unknown");
        EXPECT_EQ(item.words, "not reached");
    }
}

record::RunRecord record_at(double rate) {
    record::RunRecord record;
    record.scenario = thousand_ports();
    record.scenario.load.rate = core::Rate{rate};
    record.totals.attempts = static_cast<std::uint64_t>(rate * 150);
    record.totals.outcomes[core::Outcome::ok] = record.totals.attempts;
    return record;
}

TEST(Observation, TakesWhatTheRecordShows) {
    record::RunRecord record = record_at(20);
    record.totals.outcomes[core::Outcome::no_port_connect] = 7;
    record.totals.sustained_rate_per_s = 16.6;
    record.connect.add(30us);
    const Observation run = observe(record);
    EXPECT_EQ(run.rate_per_s, 20);
    EXPECT_TRUE(run.held && !run.disturbed);
    EXPECT_EQ(run.without_port, 7U);
    EXPECT_EQ(run.sustained_per_s, 16.6);
    EXPECT_EQ(run.connect.count(), 1U);
}

TEST(Observation, OfAModelWithoutCostsHasNoLatency) {
    record::RunRecord record = record_at(20);
    record.engine = "model";
    record.totals.connected = 3000;
    record.totals.cost.cpu_us_per_connection = 51;
    record.connect.add(3s);
    EXPECT_FALSE(observe(record).timeless);
    record.totals.cost.cpu_us_per_connection.reset();
    EXPECT_TRUE(observe(record).timeless);
    EXPECT_EQ(observe(record).connect.count(), 0U) << "it only waited for SYNs that were sent again";
    record.engine = "kernel";
    EXPECT_FALSE(observe(record).timeless);
}

TEST(Observation, CountsWhatANatDroppedAndIsOfEachHost) {
    record::RunRecord record = record_at(20);
    EXPECT_FALSE(observe(record).failed());
    record.nat.emplace().dropped = 9;
    record.scenario.topology.hosts = 4;
    record.totals.sustained_rate_per_s = 64;
    EXPECT_TRUE(observe(record).failed());
    EXPECT_EQ(observe(record).sustained_per_s, 16);
}

TEST(Judgement, LeavesOpenWhatWasNotMeasured) {
    Knees knees = as_predicted();
    knees.cliff = {};
    knees.cliff.status = Status::no_latency;
    const auto items = judge(forecast(thousand_ports()), knees, thousand_ports());
    EXPECT_EQ(items[0].measured, "not measured");
    EXPECT_EQ(items[0].verdict, Verdict::open);
    EXPECT_EQ(items[1].verdict, Verdict::agrees);
}

TEST(Observation, TellsAGeneratorThatFellBehindFromAnyOtherDisturbance) {
    record::RunRecord late = record_at(20);
    late.validity = {false, {"Only some could be started."}};
    late.totals.outcomes[core::Outcome::late] = 300;
    EXPECT_FALSE(observe(late).held);
    EXPECT_FALSE(observe(late).disturbed);
    EXPECT_EQ(observe(late).note, "Only some could be started.");
    record::RunRecord lagging = record_at(20);
    lagging.validity.valid = false;
    lagging.start_lag.add(13ms);  // 1 % of 1.2 s are 12 ms
    EXPECT_FALSE(observe(lagging).held);
    record::RunRecord other = record_at(20);
    other.validity.valid = false;
    other.start_lag.add(1ms);
    EXPECT_TRUE(observe(other).held);
    EXPECT_TRUE(observe(other).disturbed);
    record::RunRecord stopped = record_at(20);
    stopped.interrupted = true;
    EXPECT_TRUE(observe(stopped).disturbed);
}

TEST(Observation, SeesWhereConnectItselfTookTheTime) {
    record::RunRecord record = record_at(20);
    record.cpu.real_s = 3;
    record.cpu.in_connect_s = 1.4;
    EXPECT_FALSE(observe(record).in_connect);
    record.cpu.in_connect_s = 1.6;
    EXPECT_TRUE(observe(record).in_connect);
    record.scenario.load.workers = 2;
    EXPECT_FALSE(observe(record).in_connect);
}

TEST(Observation, CountsTheShareAboveABound) {
    core::Histogram histogram;
    EXPECT_EQ(share_above(histogram, 1us), 0);
    for (int i = 0; i < 9; ++i) histogram.add(10us);
    histogram.add(100us);
    EXPECT_DOUBLE_EQ(share_above(histogram, 50us), 0.1);
    EXPECT_EQ(share_above(histogram, 1ms), 0);
}

}  // namespace
}  // namespace portdrought::knees
