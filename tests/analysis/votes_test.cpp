#include "analysis/knees/votes.hpp"

#include <gtest/gtest.h>

namespace portdrought::knees {
namespace {

using namespace std::chrono_literals;

Observation run(double rate, bool failed) {
    Observation observation;
    observation.rate_per_s = rate;
    observation.without_port = failed ? 1 : 0;
    observation.connect.add(30us);
    return observation;
}

TEST(Poll, FindsWhereTheEventBegins) {
    const Poll poll({run(1, false), run(4, true), run(2, false), run(3, true)}, Event::failure);
    EXPECT_EQ(poll.highest_without(), 2);
    EXPECT_EQ(poll.lowest_with(), 3);
    EXPECT_EQ(poll.upper_end(), 3);
    EXPECT_FALSE(poll.tie());
    EXPECT_EQ(poll.at(3).with, 1U);
    EXPECT_EQ(poll.at(5).runs(), 0U);
}

TEST(Poll, GoesByMajorityAndNamesTies) {
    const std::vector<Observation> two{run(1, false), run(2, true), run(2, false)};
    EXPECT_EQ(Poll(two, Event::failure).tie(), 2);
    EXPECT_FALSE(Poll(two, Event::failure).lowest_with());
    EXPECT_EQ(Poll(two, Event::failure).highest_without(), 1);
    std::vector<Observation> three = two;
    three.push_back(run(2, true));
    EXPECT_FALSE(Poll(three, Event::failure).tie());
    EXPECT_EQ(Poll(three, Event::failure).lowest_with(), 2);
}

TEST(Poll, LooksAboveEveryRateWithoutForTheUpperEnd) {
    const Poll poll({run(1, false), run(2, true), run(3, false), run(4, true)}, Event::failure);
    EXPECT_EQ(poll.lowest_with(), 2);
    EXPECT_EQ(poll.highest_without(), 3);
    EXPECT_EQ(poll.upper_end(), 4);
}

TEST(Poll, LeavesOutRunsThatSayNothing) {
    Observation disturbed = run(1, true), not_held = run(2, true);
    disturbed.disturbed = true;
    not_held.held = false;
    EXPECT_TRUE(Poll({disturbed, not_held}, Event::failure).votes().empty());
    EXPECT_EQ(Poll({disturbed, not_held}, Event::not_held).lowest_with(), 2);
}

TEST(Slow, IsJudgedAgainstTheFastestQuarterOfTheSameRun) {
    core::Histogram cold;  // everything takes long, nothing takes longer than the rest
    for (int i = 0; i < 100; ++i) cold.add(90us);
    EXPECT_EQ(share_of_slow(cold), 0);
    core::Histogram walks;
    for (int i = 0; i < 100; ++i) walks.add(i < 30 ? 110us : i < 35 ? 5us : 40us);
    EXPECT_NEAR(share_of_slow(walks), 0.3, 1e-9);
    EXPECT_EQ(share_of_slow(core::Histogram{}), 0);
}

TEST(Plateau, IsTheLowestRateThatWasHeld) {
    Observation not_held = run(1, false), low = run(2, false), again = run(2, false), high = run(3, false);
    not_held.held = false;
    low.connect.add(30us);
    low.connect.add(30us);
    low.connect.add(300us);
    high.connect.add(90us);
    EXPECT_FALSE(plateau_of({not_held}));
    const auto plateau = plateau_of({not_held, high, low, again});
    ASSERT_TRUE(plateau);
    EXPECT_NEAR(core::seconds(plateau->median), 30e-6, 1e-6);
    EXPECT_DOUBLE_EQ(plateau->slow, 0.125) << "the mean of 1 in 4 and none";
}

}  // namespace
}  // namespace portdrought::knees
