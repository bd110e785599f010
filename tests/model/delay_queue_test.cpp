#include "model/delay_queue.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;
using core::Instant;
using testing::ElementsAre;

std::vector<int> drain(DelayQueue<int>& queue) {
    std::vector<int> values;
    for (; !queue.is_empty(); queue.pop()) values.push_back(queue.front().value);
    return values;
}

TEST(ModelDelayQueue, GivesBackInTheOrderOfItsEntriesAndGrows) {
    DelayQueue<int> queue;
    EXPECT_EQ(queue.next_due(), Instant::max());
    std::vector<int> expected;
    int next = 0;
    for (int round = 0; round < 500; ++round) {  // two in, one out: wraps around while it grows
        for (int i = 0; i < 2; ++i, ++next) queue.push(next * 1ms, next);
        EXPECT_EQ(queue.front().value, round);
        EXPECT_EQ(queue.next_due(), round * 1ms);
        queue.pop();
    }
    ASSERT_EQ(queue.size(), 500U);
    for (std::size_t i = 0; i < queue.size(); ++i) EXPECT_EQ(queue[i].value, 500 + static_cast<int>(i));
    EXPECT_EQ(drain(queue).back(), 999);
    EXPECT_EQ(queue.next_due(), Instant::max());
}

TEST(ModelDelayQueue, AnEntryBeforeTheLastOneComesDueWithIt) {
    DelayQueue<int> queue;
    queue.push(5ms, 1);
    queue.push(3ms, 2);
    EXPECT_EQ(queue[1].due, 5ms);
    queue.pop();
    EXPECT_EQ(queue.next_due(), 5ms);
    queue.pop();
    queue.push(1ms, 3);
    EXPECT_EQ(queue.next_due(), 1ms) << "nothing is left that it could come before";
}

TEST(ModelDelayQueue, KeepsWhatIsWanted) {
    DelayQueue<int> queue;
    for (int i = 0; i < 100; ++i) queue.push(i * 1ms, i);
    for (int i = 0; i < 40; ++i) queue.pop();
    for (int i = 100; i < 120; ++i) queue.push(i * 1ms, i);  // around the end of the ring
    queue.keep([](int value) { return value % 37 == 0; });
    EXPECT_EQ(queue.next_due(), 74ms);
    EXPECT_THAT(drain(queue), ElementsAre(74, 111));
    queue.push(200ms, 1);
    queue.keep([](int) { return false; });
    EXPECT_TRUE(queue.is_empty());
    EXPECT_EQ(queue.next_due(), Instant::max());
}

}  // namespace
}  // namespace portdrought::model
