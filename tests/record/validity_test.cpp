#include "record/validity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portdrought::record {
namespace {

using namespace std::chrono_literals;
using core::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// 1000 attempts in 10 s, all ok, enforced, observed: nothing to complain about.
RunRecord clean() {
    RunRecord record;
    record.scenario.load.rate = core::Rate{100};
    record.scenario.load.duration = 10s;
    record.scenario.host.timed_wait_delay = 1s;
    record.totals.attempts = 1000;
    record.totals.outcomes[Outcome::ok] = 1000;
    record.cpu = {1, 0, 0, 10};
    record.probe = {100, 2};
    record.enforced.emplace().wanted = 1s;
    for (int i = 0; i < 1000; ++i) {
        record.connect.add(24us);
        record.start_lag.add(30us);
        record.enforced->lateness.add(60us);
    }
    Census census;
    census.parked = 100;
    census.sockstat_time_wait = 105;
    record.censuses = {census, census, census, census, census};
    return record;
}

void make_late(RunRecord& record, std::uint64_t late) {
    record.totals.outcomes[Outcome::ok] -= late;
    record.totals.outcomes[Outcome::late] += late;
}

TEST(Validity, ACleanRunIsValidWithoutNotes) {
    EXPECT_TRUE(judge(clean()).valid);
    EXPECT_THAT(judge(clean()).notes, IsEmpty());
}

TEST(Validity, FailedConnectionsAreAFinding) {
    RunRecord record = clean();
    record.totals.outcomes[Outcome::ok] = 100;
    record.totals.outcomes[Outcome::no_port_connect] = 900;
    EXPECT_TRUE(judge(record).valid);
}

TEST(Validity, NinetyNinePerCentOfTheAttemptsMustHaveStarted) {
    RunRecord record = clean();
    make_late(record, 10);
    EXPECT_TRUE(judge(record).valid);
    make_late(record, 1);
    EXPECT_FALSE(judge(record).valid);
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("Only 989 of 1,000 attempts (98.9 %) could be started")));
}

TEST(Validity, AShareIsRoundedOnceAndNeverUpToWhatSuffices) {
    RunRecord record = clean();
    make_late(record, 333);
    record.totals.outcomes[Outcome::ok] = 2000 - 333;
    record.totals.attempts = 2000;
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("Only 1,667 of 2,000 attempts (83.4 %)")));
    record.totals.outcomes[Outcome::ok] = 30'000 - 310;
    record.totals.outcomes[Outcome::late] = 310;
    record.totals.attempts = 30'000;
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("(just under 99 %)")));
}

TEST(Validity, AttemptsThatWereNeverOfferedCountToo) {
    RunRecord record = clean();
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 800;
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("Only 800 of 999")));
    record.interrupted = true;
    EXPECT_TRUE(judge(record).valid);
}

TEST(Validity, RandomArrivalsMayFallShortByChance) {
    RunRecord record = clean();
    record.scenario.load.arrivals = core::Arrivals::poisson;
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 900;  // 3.2 standard deviations
    EXPECT_TRUE(judge(record).valid);
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 800;
    EXPECT_FALSE(judge(record).valid);
}

TEST(Validity, KnowsWhatBurstsOffer) {
    RunRecord record = clean();
    record.scenario.load.arrivals = core::Arrivals::bursts;
    record.scenario.load.burst_on = 1s;
    record.scenario.load.burst_off = 8s;  // 900/s for 2 s of the 10
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 1800;
    EXPECT_TRUE(judge(record).valid);
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 1700;
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("Only 1,700 of 1,799")));
}

TEST(Validity, KnowsWhatATraceOffers) {
    RunRecord record = clean();
    record.scenario.load.arrivals = core::Arrivals::trace;
    record.scenario.load.trace_rows.shared = std::make_shared<const core::Trace>(core::Trace{{{0s, 500}, {5s, 0}}, 5s});
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 500;
    EXPECT_TRUE(judge(record).valid);
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 450;
    EXPECT_FALSE(judge(record).valid);
    record.scenario.load.trace_rows.shared.reset();
    record.scenario.load.rate = core::Rate{50};
    EXPECT_FALSE(judge(record).valid) << "of a record that was read back";
}

TEST(Validity, DailyArrivalsAreRandom) {
    RunRecord record = clean();
    record.scenario.load.arrivals = core::Arrivals::daily;
    record.scenario.load.daily_period = 10s;
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 900;
    EXPECT_TRUE(judge(record).valid);
    record.scenario.load.daily_period = 1h;  // the night: a quarter of the mean
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 250;
    EXPECT_TRUE(judge(record).valid);
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 150;
    EXPECT_FALSE(judge(record).valid);
}

TEST(Validity, AClosedLoopHasNoOfferToFallBehind) {
    RunRecord record = clean();
    record.scenario.load.rate.reset();
    record.totals.attempts = record.totals.outcomes[Outcome::ok] = 5;
    EXPECT_TRUE(judge(record).valid);
}

TEST(Validity, NamesTheCauseOfFallingBehind) {
    RunRecord cliff = clean();
    make_late(cliff, 500);
    cliff.cpu.in_connect_s = 6;
    EXPECT_THAT(judge(cliff).notes,
                ElementsAre(AllOf(HasSubstr("connect() itself took 60 %"), HasSubstr("lab.time_scale"))));

    RunRecord slots = clean();
    make_late(slots, 500);
    slots.scenario.load.in_flight = 10;
    slots.samples.emplace_back().attempts = 10;
    EXPECT_THAT(judge(slots).notes, ElementsAre(HasSubstr("all load.in_flight = 10 slots were taken")));

    RunRecord open = clean();
    make_late(open, 500);
    open.scenario.load.closer = core::Closer::never;
    open.scenario.load.in_flight = 500;
    open.totals.connected = 500;  // each is ok at once and keeps its slot
    EXPECT_THAT(judge(open).notes, ElementsAre(HasSubstr("all load.in_flight = 500 slots were taken")));

    RunRecord busy = clean();
    make_late(busy, 500);
    busy.cpu.workers_s = 9.5;
    EXPECT_THAT(judge(busy).notes, ElementsAre(HasSubstr("the workers used 95 % of the CPU time")));

    RunRecord elsewhere = clean();
    make_late(elsewhere, 500);
    EXPECT_THAT(judge(elsewhere).notes, ElementsAre(HasSubstr("quieter machine")));
}

TEST(Validity, StartsMayLagOnePerCentOfTheTimeWaitLengthOnAverage) {
    RunRecord record = clean();
    const auto add_lags = [&](core::Duration lag, std::uint64_t times) {
        for (std::uint64_t i = 0; i < times; ++i) record.start_lag.add(lag);
    };
    add_lags(19ms, record.start_lag.count());  // half at 30 us, half at 19 ms: 9.5 ms on average
    EXPECT_TRUE(judge(record).valid);
    add_lags(30ms, record.start_lag.count() / 10);
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("more than 1 % of the 1.00 s a pair stays in TIME_WAIT")));
    record.scenario.host.timed_wait_delay.reset();
    record.enforced.reset();
    EXPECT_TRUE(judge(record).valid) << "against the kernel's own 60 s it is little";
}

TEST(Validity, PairsMustLeaveTimeWaitInTime) {
    RunRecord record = clean();
    for (int i = 0; i < 2000; ++i) record.enforced->lateness.add(20ms);
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("longer than the 1.00 s asked for")));
    for (int i = 0; i < 9000; ++i) record.enforced->lateness.add(4789ms);
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("at least 4.79 s longer")));
}

TEST(Validity, MostCensusesMustAgreeWithSockstat) {
    RunRecord record = clean();
    record.censuses[0].sockstat_time_wait = 400;
    record.censuses[1].sockstat_time_wait = 300;
    EXPECT_TRUE(judge(record).valid);
    record.censuses[2].sockstat_time_wait = 300;
    EXPECT_THAT(judge(record).notes, ElementsAre(AllOf(HasSubstr("3 of 5 counts"), HasSubstr("by up to 300"))));
    for (Census& census : record.censuses) census.interrupted = census.sockstat_time_wait != 105U;
    EXPECT_TRUE(judge(record).valid) << "the kernel said itself that the table changed";
}

TEST(Validity, FinWait2WithASocketIsNotInSockstat) {
    RunRecord record = clean();
    for (Census& census : record.censuses) census.fin_wait_2 = 1000;
    EXPECT_TRUE(judge(record).valid);
}

TEST(Validity, AFifthOfTheSamplesMayComeTooLate) {
    RunRecord record = clean();
    record.probe.overruns = 20;
    EXPECT_TRUE(judge(record).valid);
    record.probe.overruns = 21;
    EXPECT_THAT(judge(record).notes, ElementsAre(HasSubstr("21 of 100 samples")));
}

TEST(Validity, OutcomesMustAddUp) {
    RunRecord record = clean();
    ++record.totals.attempts;
    EXPECT_FALSE(judge(record).valid);
}

TEST(Validity, AnInterruptedRunSaysSoAndIsValid) {
    RunRecord record = clean();
    record.interrupted = true;
    record.samples.emplace_back().t_s = 4;
    record.samples.back().attempts = 1000;
    EXPECT_TRUE(judge(record).valid);
    EXPECT_THAT(judge(record).notes, ElementsAre("Interrupted: the record covers the first 4 s of 10 s."));
    record.samples.back().t_s = 65102.4;
    record.scenario.load.duration = 20h;
    EXPECT_THAT(judge(record).notes, ElementsAre("Interrupted: the record covers the first 65,102 s of 72,000 s."));
}

}  // namespace
}  // namespace portdrought::record
