#include "load/delay_queue.hpp"

#include <gtest/gtest.h>

namespace portdrought::load {
namespace {

using namespace std::chrono_literals;

TEST(DelayQueue, GivesItemsBackInOrderOnceTheirDelayIsOver) {
    DelayQueue<int> queue(3s);
    queue.push(1s, 10);
    queue.push(2s, 20);
    EXPECT_EQ(queue.next_due(), 4s);
    EXPECT_EQ(queue.pop_due(3999ms), std::nullopt);
    EXPECT_EQ(queue.pop_due(4s), 10);
    EXPECT_EQ(queue.pop_due(4s), std::nullopt);
    EXPECT_EQ(queue.pop_due(9s), 20);
    EXPECT_EQ(queue.next_due(), std::nullopt);
}

TEST(DelayQueue, ForgetsDeadItemsAndKeepsTheOrderOfTheOthers) {
    DelayQueue<int> queue(1s);
    for (int i = 0; i < 6; ++i) queue.push(0s, i);
    queue.drop_if([](int item) { return item % 2 == 0; });
    EXPECT_EQ(queue.size(), 3U);
    EXPECT_EQ(queue.pop_due(1s), 1);
    EXPECT_EQ(queue.pop_due(1s), 3);
}

}  // namespace
}  // namespace portdrought::load
