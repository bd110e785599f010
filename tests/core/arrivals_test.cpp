#include "core/arrivals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "core/pacer.hpp"

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;

ArrivalPlan bursts(Duration on, Duration off) {
    ArrivalPlan plan;
    plan.process = Arrivals::bursts;
    plan.burst_on = on;
    plan.burst_off = off;
    return plan;
}

ArrivalPlan daily(double low, Duration period) {
    ArrivalPlan plan;
    plan.process = Arrivals::daily;
    plan.daily_low = low;
    plan.daily_period = period;
    return plan;
}

ArrivalPlan recorded(Trace trace) {
    ArrivalPlan plan;
    plan.process = Arrivals::trace;
    plan.trace = std::make_shared<const Trace>(std::move(trace));
    return plan;
}

std::vector<Instant> due_before(Pacer pacer, Duration end) {
    std::vector<Instant> due;
    for (; pacer.next_due() < end; pacer.advance()) due.push_back(pacer.next_due());
    return due;
}

std::vector<Instant> due_of_all(const ArrivalPlan& plan, Rate rate, Duration end, unsigned shares) {
    std::vector<Instant> due;
    for (unsigned share = 0; share < shares; ++share)
        std::ranges::copy(due_before(Pacer(plan, rate, 1, share, shares), end), std::back_inserter(due));
    std::ranges::sort(due);
    return due;
}

std::size_t between(const std::vector<Instant>& due, Instant from, Instant to) {
    return static_cast<std::size_t>(std::ranges::count_if(due, [&](Instant at) { return from <= at && at < to; }));
}

TEST(Bursts, HaveEqualGapsInTheOnPhaseAndNothingInTheOff) {
    const auto due = due_before(Pacer(bursts(1s, 3s), Rate{100}, 1), 8s);
    ASSERT_EQ(due.size(), 800U);
    EXPECT_EQ(due[1] - due[0], 2500us) << "four times the mean rate";
    EXPECT_EQ(due[399], 1s - 2500us);
    EXPECT_EQ(due[400], 4s) << "one at the end of a burst belongs to the next";
}

TEST(Bursts, GoOnInTheNextWhereTheyStopped) {
    const auto due = due_before(Pacer(bursts(1s, 1s), Rate{0.75}, 1), 8s);  // one per 2/3 s of bursts
    ASSERT_EQ(due.size(), 6U);
    EXPECT_NEAR(seconds(due[1]), 2.0 / 3, 1e-8);
    EXPECT_NEAR(seconds(due[2]), 2 + 1.0 / 3, 1e-8);
    EXPECT_EQ(due[3], 4s);
}

TEST(Bursts, OffPhasesMayBeMissing) {
    EXPECT_EQ(due_before(Pacer(bursts(1s, 0s), Rate{10}, 1), 5s),
              due_before(Pacer(Arrivals::constant, Rate{10}, 1), 5s));
}

TEST(Bursts, WorkersTakeTheAttemptsOfTheWholeInTurn) {
    const ArrivalPlan plan = bursts(300ms, 700ms);
    const auto whole = due_of_all(plan, Rate{1000}, 10s, 1), parts = due_of_all(plan, Rate{1000}, 10s, 3);
    ASSERT_EQ(whole.size(), parts.size());
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_LE(std::chrono::abs(whole[i] - parts[i]), 2ns) << i;
}

TEST(ExpectedAttempts, OfBurstsAreExact) {
    for (const Rate rate : {Rate{100}, Rate{0.75}, Rate{33.3}, Rate{7}})
        for (const Duration end : {500ms, 1000ms, 1001ms, 2500ms, 8000ms, 61234ms}) {
            const ArrivalPlan plan = bursts(1s, 3s);
            EXPECT_EQ(expected_attempts(plan, rate, end),
                      static_cast<double>(due_before(Pacer(plan, rate, 1), end).size()))
                << rate.per_second << ' ' << seconds(end);
        }
}

TEST(Daily, IsLowestAtTheStartAndHasItsMeanOverAPeriod) {
    const auto due = due_before(Pacer(daily(0.25, 100s), Rate{1000}, 7), 200s);
    EXPECT_NEAR(static_cast<double>(due.size()), 200'000, 4 * std::sqrt(200'000.0));
    EXPECT_NEAR(static_cast<double>(between(due, 0s, 2s)), 500, 4 * std::sqrt(500.0)) << "a quarter of the mean";
    EXPECT_NEAR(static_cast<double>(between(due, 49s, 51s)), 3500, 4 * std::sqrt(3500.0)) << "2 - 1/4 of it";
    EXPECT_NEAR(static_cast<double>(between(due, 100s, 102s)), 500, 4 * std::sqrt(500.0));
}

TEST(Daily, ArrivesAtRandom) {
    const auto due = due_before(Pacer(daily(1, 100s), Rate{1000}, 7), 100s);  // no curve: Poisson
    double squares = 0;
    for (std::size_t i = 1; i < due.size(); ++i) squares += std::pow(seconds(due[i] - due[i - 1]) * 1e3, 2);
    EXPECT_NEAR(squares / static_cast<double>(due.size() - 1), 2.0, 0.1);
}

TEST(Daily, MayStopAtNight) {
    const auto due = due_before(Pacer(daily(0, 100s), Rate{1000}, 3), 100s);
    EXPECT_LT(between(due, 0s, 1s), 10U);
    EXPECT_NEAR(static_cast<double>(due.size()), 100'000, 4 * std::sqrt(100'000.0));
    EXPECT_TRUE(std::ranges::is_sorted(due));
}

TEST(Daily, SharesTogetherOfferTheWhole) {
    const auto due = due_of_all(daily(0.5, 10s), Rate{1000}, 100s, 4);
    EXPECT_NEAR(static_cast<double>(due.size()), 100'000, 4 * std::sqrt(100'000.0));
}

TEST(Daily, TimeIsTheInverseOfWhatWasOffered) {
    for (const double low : {0.0, 0.25, 1.0})
        for (double offered = 0; offered < 3; offered += 0.0137)
            EXPECT_NEAR(daily_offered(low, daily_time(low, offered)), offered, 1e-12) << low;
}

TEST(ExpectedAttempts, FollowTheDailyCurve) {
    const ArrivalPlan plan = daily(0, 100s);
    EXPECT_NEAR(expected_attempts(plan, Rate{10}, 100s), 1000, 1e-9);
    EXPECT_NEAR(expected_attempts(plan, Rate{10}, 50s), 500, 1e-9);
    EXPECT_NEAR(expected_attempts(plan, Rate{10}, 25s), 1000 * (0.25 - 0.15915494309), 1e-6) << "1/4 - 1/2 pi";
    EXPECT_EQ(expected_attempts({}, Rate{10}, 25s), 250);
}

TEST(Recorded, IsPlayedAsItIs) {
    const ArrivalPlan plan = recorded({{{1s, 1}, {1s, 2}, {2s, 0}, {3s, 4}}, 1s});
    EXPECT_EQ(due_before(Pacer(plan, Rate{1}, 1), 60s),
              (std::vector<Instant>{1s, 1s, 1500ms, 3s, 3250ms, 3500ms, 3750ms}));
    Pacer pacer(plan, Rate{1}, 1);
    for (int i = 0; i < 9; ++i) pacer.advance();
    EXPECT_EQ(pacer.next_due(), Instant::max());
}

TEST(Recorded, WorkersTakeItsAttemptsInTurn) {
    const ArrivalPlan plan = recorded({{{0s, 100}, {1s, 1}, {2s, 0}, {3s, 57}}, 2s});
    EXPECT_EQ(due_of_all(plan, Rate{1}, 60s, 3), due_of_all(plan, Rate{1}, 60s, 1));
}

TEST(Recorded, WithoutATraceNothingIsOffered) {
    ArrivalPlan plan;
    plan.process = Arrivals::trace;
    EXPECT_EQ(Pacer(plan, Rate{1}, 1).next_due(), Instant::max());
    EXPECT_EQ(expected_attempts(plan, Rate{1}, 1h), 0);
    EXPECT_EQ(peak_rate(plan, Rate{1}).per_second, 0);
}

TEST(PeakRate, IsTheHighestAtAnyTime) {
    EXPECT_EQ(peak_rate({}, Rate{10}).per_second, 10);
    EXPECT_EQ(peak_rate(bursts(1s, 3s), Rate{10}).per_second, 40);
    EXPECT_EQ(peak_rate(daily(0.25, 1h), Rate{10}).per_second, 17.5);
    EXPECT_EQ(peak_rate(recorded({{{0s, 10}, {2s, 30}, {3s, 1}}, 1s}), Rate{10}).per_second, 30);
}

}  // namespace
}  // namespace portdrought::core
