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
