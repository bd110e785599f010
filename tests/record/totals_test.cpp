#include "record/totals.hpp"

#include <gtest/gtest.h>

namespace portdrought::record {
namespace {

using namespace std::chrono_literals;
using core::Outcome;

/// 10 ports, 4 s of TIME-WAIT, 5/s: full after 2 s, then 2 s without a port, then 2 s with one, …
RunRecord square_wave(double duration_s) {
    RunRecord record;
    record.scenario.load.rate = core::Rate{5};
    record.scenario.load.duration = core::from_seconds(duration_s);
    record.scenario.host.ports = {1000, 1009};
    record.scenario.host.timed_wait_delay = 4s;
    Totals& totals = record.totals;
    for (double t = 0.2; t <= duration_s + 1e-9; t += 0.2) {
        ++totals.attempts;
        const bool full = static_cast<int>((t - 0.1) / 2) % 2 == 1;
        ++totals.outcomes[full ? Outcome::no_port_connect : Outcome::ok];
        totals.connected += full ? 0U : 1U;
        if (full && !totals.time_to_first_failure_s) totals.time_to_first_failure_s = 2;
        Sample& sample = record.samples.emplace_back();
        sample.t_s = t;
        sample.attempts = totals.attempts;
        sample.outcomes = totals.outcomes;
    }
    return record;
}

TEST(Totals, SustainedRateIsTheMeanOverWholeTimeWaitLengths) {
    RunRecord record = square_wave(15);  // after the first failure: three lengths and a second in which all is accepted
    derive_totals(record);
    EXPECT_NEAR(record.totals.sustained_rate_per_s.value(), 2.5, 1e-6);
}

TEST(Totals, SustainedRateNeedsOneWholeLengthAfterTheFirstFailure) {
    RunRecord too_short = square_wave(5.8);
    derive_totals(too_short);
    EXPECT_FALSE(too_short.totals.sustained_rate_per_s);
    RunRecord enough = square_wave(6);
    derive_totals(enough);
    EXPECT_TRUE(enough.totals.sustained_rate_per_s);
    RunRecord no_failure = square_wave(2);
    derive_totals(no_failure);
    EXPECT_FALSE(no_failure.totals.sustained_rate_per_s);
}

/// The same ports in a NAT, whose drops are timeouts; the host's own stay taken for a minute.
RunRecord square_wave_behind_nat(double duration_s) {
    RunRecord record = square_wave(duration_s);
    const auto move = [](core::OutcomeCounts& outcomes) {
        std::swap(outcomes[Outcome::timeout], outcomes[Outcome::no_port_connect]);
    };
    move(record.totals.outcomes);
    for (Sample& sample : record.samples) move(sample.outcomes);
    record.scenario.host.timed_wait_delay.reset();
    record.scenario.nat.profile = "azure-nat-gateway";
    record.scenario.nat.after_fin = 3s;
    record.scenario.nat.after_reset = 4s;
    record.scenario.load.hold = 1s;
    record.nat.emplace().dropped = record.totals.outcomes[Outcome::timeout];
    return record;
}

TEST(Totals, SustainedRateIsTakenOverWholeTimesInThePoolThatWasFull) {
    RunRecord behind = square_wave_behind_nat(15);  // three times of 3 s after the close and 1 s open
    derive_totals(behind);
    EXPECT_NEAR(behind.totals.sustained_rate_per_s.value(), 2.5, 1e-6);
    behind.scenario.load.linger = 0s;
    behind.scenario.load.hold = 0s;  // 4 s after a reset
    derive_totals(behind);
    EXPECT_NEAR(behind.totals.sustained_rate_per_s.value(), 2.5, 1e-6);
    behind.nat->dropped = 0;  // then it was the host, which keeps no port after a reset: its TIME-WAIT is longer
    derive_totals(behind);
    EXPECT_FALSE(behind.totals.sustained_rate_per_s);
}

TEST(Totals, SustainedRateCountsTheTimeOpenOfTheHostsOwnPorts) {
    RunRecord record = square_wave(13);
    record.scenario.host.timed_wait_delay = 3s;
    record.scenario.load.hold = 1s;
    derive_totals(record);
    EXPECT_NEAR(record.totals.sustained_rate_per_s.value(), 2.5, 1e-6);
    record.scenario.load.closer = core::Closer::never;
    record.scenario.host.timed_wait_delay = 4s;
    derive_totals(record);
    EXPECT_TRUE(record.totals.sustained_rate_per_s) << "nothing comes back, so any length is right";
}

TEST(Totals, AchievedRateIsPerScenarioSecondOfLoad) {
    RunRecord record = square_wave(8);
    Sample drained = record.samples.back();  // the last connections end after the load does
    drained.t_s = 20;
    record.samples.push_back(drained);
    derive_totals(record);
    EXPECT_DOUBLE_EQ(record.totals.achieved_rate_per_s.value(), 20 / 8.0);
}

TEST(Totals, LoadEndsLaterWhenTheRunFellBehindAndEarlierWhenInterrupted) {
    RunRecord behind = square_wave(8);
    behind.scenario.load.duration = 6s;
    EXPECT_NEAR(load_end_s(behind), 8, 1e-9);
    RunRecord stopped = square_wave(8);
    stopped.scenario.load.duration = 100s;
    EXPECT_EQ(load_end_s(stopped), 100);
    stopped.interrupted = true;
    EXPECT_NEAR(load_end_s(stopped), 8, 1e-9);
}

TEST(Totals, NoPortIsFreeAsSoonAsAnAttemptFoundNone) {
    RunRecord record;
    record.scenario.host.ports = {1000, 1009};
    record.samples.emplace_back().ports_free = 4;
    derive_totals(record);
    EXPECT_EQ(record.totals.ports_min_free, 4U);
    EXPECT_EQ(record.totals.ports_capacity, 10U);
    record.totals.outcomes[Outcome::no_port_bind] = 1;
    derive_totals(record);
    EXPECT_EQ(record.totals.ports_min_free, 0U);
}

TEST(Totals, WhatWasNeverSeenStaysAbsent) {
    RunRecord record;
    derive_totals(record);
    EXPECT_FALSE(record.totals.ports_min_free || record.totals.time_wait_peak || record.totals.fin_wait_2_peak);
    EXPECT_FALSE(record.totals.time_to_first_failure_s);
}

TEST(Totals, PeaksComeFromSamplesAndCensuses) {
    RunRecord record;
    record.samples.resize(2);
    record.samples[0].time_wait = 90;
    record.samples[1].t_s = 1;
    record.samples[1].time_wait = 70;
    Census census;
    census.time_wait_client = 60;
    record.censuses.push_back(census);
    derive_totals(record);
    EXPECT_EQ(record.totals.time_wait_peak, 90U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 90U) << "every census saw the client's side only";
    EXPECT_EQ(record.totals.time_wait_peak_server, 0U);
}

TEST(Totals, TimeWaitPeakDoesNotCountFinWait2) {
    RunRecord record;
    Sample& sample = record.samples.emplace_back();
    sample.time_wait = 1000;  // sockstat counts both
    sample.time_wait_client = 0;
    sample.time_wait_server = 0;
    sample.fin_wait_2 = 1000;
    derive_totals(record);
    EXPECT_EQ(record.totals.time_wait_peak, 0U);
    EXPECT_EQ(record.totals.fin_wait_2_peak, 1000U);
}

TEST(Totals, KeepsAPeakThatThinningRemovedFromTheSamples) {
    RunRecord record;
    record.totals.time_wait_peak = 500;
    record.totals.ports_min_free = 1;
    Sample& sample = record.samples.emplace_back();
    sample.time_wait = 400;
    sample.ports_free = 9;
    derive_totals(record);
    EXPECT_EQ(record.totals.time_wait_peak, 500U);
    EXPECT_EQ(record.totals.ports_min_free, 1U);
}

}  // namespace
}  // namespace portdrought::record
