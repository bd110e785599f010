#include "core/attempts.hpp"

#include <gtest/gtest.h>

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;

class AttemptsTest : public testing::Test {
protected:
    /// 10/s for a second with two slots.
    Attempts attempts(const std::optional<Rate>& admission = std::nullopt) {
        OfferPlan plan;
        plan.rate = Rate{10};
        plan.duration = 1s;
        plan.in_flight = 2;
        plan.patience = 5s;
        plan.admission = admission;
        return Attempts(plan, 0, 1, live_, tally_);
    }
    std::uint64_t counted(Outcome outcome) const { return live_.outcomes[static_cast<std::size_t>(outcome)].value(); }

    LiveCounters live_;
    AttemptTally tally_;
};

TEST_F(AttemptsTest, CountsThoseThatNeverStart) {
    Attempts all = attempts();
    EXPECT_EQ(all.start_next(300ms), 0ms);
    EXPECT_EQ(all.start_next(300ms), 100ms);
    EXPECT_EQ(all.start_next(300ms), std::nullopt) << "both slots are taken";
    EXPECT_EQ(counted(Outcome::late), 2U);
    all.ended(0ms, Outcome::ok);
    EXPECT_EQ(all.start_next(400ms), 400ms);
    EXPECT_EQ(live_.attempts.value(), 5U);
    EXPECT_EQ(tally_.start_lag.count(), 3U);
    EXPECT_EQ(tally_.start_lag.max(), 300ms);
}

TEST_F(AttemptsTest, ARefusedOneIsNoLateOneAndTakesNoSlot) {
    Attempts all = attempts(Rate{5});
    EXPECT_EQ(all.start_next(900ms), 0ms);
    EXPECT_EQ(all.start_next(900ms), 200ms);
    EXPECT_EQ(all.start_next(900ms), std::nullopt);
    EXPECT_EQ(counted(Outcome::refused_locally), 5U);
    EXPECT_EQ(counted(Outcome::late), 3U);
    EXPECT_EQ(live_.attempts.value(), 10U);
    EXPECT_EQ(tally_.start_lag.count(), 2U);
}

TEST_F(AttemptsTest, AreOverWhenTheLastHasEnded) {
    Attempts all = attempts();
    ASSERT_TRUE(all.start_next(0ms));
    while (all.start_next(1s)) {
    }
    EXPECT_FALSE(all.are_over(1s));
    all.ended(0ms, Outcome::ok);
    EXPECT_FALSE(all.are_over(1s));
    all.parked();
    EXPECT_TRUE(all.are_over(1s)) << "a parked one stays open until the run ends";
    all.abandon();
    EXPECT_EQ(counted(Outcome::unfinished), 0U);
    EXPECT_EQ(counted(Outcome::ok), 2U);
}

TEST_F(AttemptsTest, RememberTheFirstWithoutAPort) {
    Attempts all = attempts();
    (void)all.start_next(0ms);
    all.ended(0ms, Outcome::ok);
    (void)all.start_next(100ms);
    (void)all.start_next(200ms);
    all.ended(200ms, Outcome::no_port_bind);
    EXPECT_EQ(tally_.first_without_port, 200ms);
    all.abandon();
    EXPECT_EQ(counted(Outcome::unfinished), 1U);
}

TEST_F(AttemptsTest, ARetryIsNoAttempt) {
    Attempts all = attempts();
    (void)all.start_next(0ms);
    all.retried();
    EXPECT_EQ(tally_.retries, 1U);
    EXPECT_EQ(live_.attempts.value(), 1U);
}

TEST_F(AttemptsTest, MeasureFromTheTryAndFromTheIntendedStart) {
    Attempts all = attempts();
    (void)all.start_next(0ms);
    all.connected(0ms, 40ms, 50ms);
    EXPECT_EQ(tally_.connect.max(), 10ms);
    EXPECT_EQ(tally_.connect_intended.max(), 50ms);
    EXPECT_EQ(live_.connected.value(), 1U);
}

}  // namespace
}  // namespace portdrought::core
