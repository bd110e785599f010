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

}  // namespace
}  // namespace portdrought::load
