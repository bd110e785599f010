#include "analysis/findings/safety.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_records.hpp"

namespace portdrought::findings {
namespace {

using namespace std::chrono_literals;
using record::RunRecord;
using testing::HasSubstr;
using testing::StartsWith;

RunRecord plain(core::Duration time_wait = 240s) {
    RunRecord record;
    record.scenario.host.timed_wait_delay = time_wait;
    record.totals.connected = 20'000;
    return record;
}

TEST(Safety, AFullTimeWaitIsSafe) {
    EXPECT_EQ(safety(plain()).kind, SafetyKind::safe);
    EXPECT_EQ(safety(plain()).words, "safe");
}

TEST(Safety, AShorterTimeWaitIsSafeOnACondition) {
    EXPECT_EQ(safety(plain(30s)).words, "safe if no segment lives longer than 30 s");
    RunRecord natural = plain();
    natural.scenario.host.timed_wait_delay.reset();
    EXPECT_EQ(safety(natural).words, "safe if no segment lives longer than 60 s");
}

TEST(Safety, ReuseDependsOnTimestampsAndWhatIsOnTheWay) {
    RunRecord record = plain(60s);
    record.scenario.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(safety(record).kind, SafetyKind::conditional);
    EXPECT_THAT(safety(record).words, HasSubstr("timestamps"));
    EXPECT_THAT(safety(record).words, HasSubstr("NAT"));
}

TEST(Safety, TheServersSideNeedsMemory) {
    EXPECT_THAT(safety(made::server_closes()).words, HasSubstr("memory for 7,992 entries"));
}

TEST(Safety, LostDataComesBeforeEverythingElse) {
    RunRecord record = plain();
    record.totals.cost.transfers_cut = 312;
    record.totals.cost.bytes_lost = 1'100'000;
    record.totals.cost.time_wait_overflow = 5;
    EXPECT_EQ(safety(record).kind, SafetyKind::loses_data);
    EXPECT_EQ(safety(record).words, "loses data: 312 of 20,000 transfers cut, 1.1 MB");
}

TEST(Safety, SkippedTimeWaitIsProtectionThrownAway) {
    RunRecord record = plain();
    record.totals.cost.time_wait_overflow = 3200;
    EXPECT_EQ(safety(record).words, "throws protection away: 3,200 closes skipped TIME_WAIT");
}

TEST(Safety, AResetWithoutLossIsNotSafeEither) {
    RunRecord record = plain();
    record.scenario.load.linger = 0s;
    EXPECT_EQ(safety(record).kind, SafetyKind::unprotected);
    record.totals.cost.resets_seen_by_peer = 100;
    record.totals.cost.transfers_cut = record.totals.cost.bytes_lost = 0;
    EXPECT_EQ(safety(record).words, "throws protection away: 100 closes by RST, nothing lost in this load");
}

TEST(Safety, WhatWasNotCountedIsNotNothing) {
    RunRecord unknown = plain(), known = plain();
    for (RunRecord* record : {&unknown, &known}) {
        record->scenario.load.linger = 0s;
        record->totals.cost.resets_seen_by_peer = 100;
    }
    known.totals.cost.transfers_cut = known.totals.cost.bytes_lost = 0;
    EXPECT_EQ(safety(unknown).words, "throws protection away: 100 closes by RST, what was lost is not known");
    EXPECT_EQ(safety({&known, &unknown}).words,
              "throws protection away: 200 closes by RST, what was lost is not known");
}

TEST(Safety, BoundPortsAreTakenOverAtOnce) {
    RunRecord record = plain();
    record.scenario.host.port_choice = scenario::PortChoice::bound;
    EXPECT_EQ(safety(record).words, "safe");
    record.scenario.host.reuse_address = true;
    EXPECT_THAT(safety(record).words, StartsWith("safe if both ends use timestamps"));
    record.scenario.host.timestamps = false;
    EXPECT_EQ(safety(record).words, "safe");
}

TEST(Safety, TrialsWithDuplicatesSayMoreThanSettings) {
    RunRecord record = plain(1s);
    record.duplicates.emplace().trials = 40;
    record.duplicates->dropped_paws = 40;
    EXPECT_EQ(safety(record).kind, SafetyKind::conditional);
    EXPECT_EQ(safety(record).words,
              "safe if no segment lives longer than 1 s; old data kept out in 40 of 40 trials, by timestamps");
    record.duplicates->accepted = 40;
    EXPECT_EQ(safety(record).words, "corrupts data: old data was accepted in 40 of 40 trials");
    record.duplicates->accepted = 0;
    record.duplicates->killed = 3;
    EXPECT_THAT(safety(record).words, HasSubstr("ended the new connection in 3 of 40 trials"));
    record.duplicates->killed = 0;
    record.duplicates->time_wait_killed = 40;
    EXPECT_EQ(safety(record).words, "a stale segment ended TIME_WAIT in 40 of 40 trials");
    record.duplicates->time_wait_killed = 0;
    record.duplicates->pair_refused = 40;
    record.duplicates->dropped_paws = 0;
    EXPECT_EQ(safety(record).words,
              "safe if no segment lives longer than 1 s; the pair was refused in 40 of 40 trials");
}

TEST(Safety, TrialsThatKeptOldDataOutDoNotUpgradeAVerdict) {
    RunRecord record = plain();
    record.scenario.load.linger = 0s;
    record.totals.cost.resets_seen_by_peer = 600;
    record.totals.cost.transfers_cut = record.totals.cost.bytes_lost = 0;
    record.duplicates.emplace().trials = 20;
    record.duplicates->dropped_paws = 20;
    EXPECT_EQ(safety(record).kind, SafetyKind::unprotected);
    EXPECT_EQ(safety(record).words,
              "throws protection away: 600 closes by RST, nothing lost in this load; old data kept out in 20 of 20 "
              "trials, by timestamps");
    record.duplicates->time_wait_killed = 20;
    EXPECT_THAT(safety(record).words,
                AllOf(StartsWith("throws protection away"), HasSubstr("ended TIME_WAIT in 20 of 20 trials")));
}

TEST(Safety, WhereTimestampsKeptOldDataOutTheyAreTheCondition) {
    RunRecord record = plain();
    record.duplicates.emplace().trials = 20;
    EXPECT_EQ(safety(record).words, "safe; old data kept out in 20 of 20 trials");
    record.duplicates->dropped_paws = 20;
    EXPECT_EQ(safety(record).kind, SafetyKind::conditional);
    EXPECT_EQ(safety(record).words,
              "safe if both ends use timestamps; old data kept out in 20 of 20 trials, by timestamps");
}

TEST(Safety, AttemptsThatEndedInAResetLostSomething) {
    RunRecord record = plain();
    record.scenario.load.linger = 0s;
    record.totals.attempts = 600;
    record.totals.cost.resets_seen_by_peer = record.totals.outcomes[core::Outcome::reset] = 600;
    EXPECT_EQ(safety(record).words,
              "throws protection away: 600 closes by RST, and 600 of 600 attempts ended in a reset");
}

TEST(Safety, SumsWhatTheRunsOfAVariantLost) {
    const RunRecord one = made::with_linger(), other = made::with_linger();
    EXPECT_THAT(safety({&one, &other}).words, StartsWith("loses data: 2,408 of 39,960 transfers cut"));
}

}  // namespace
}  // namespace portdrought::findings
