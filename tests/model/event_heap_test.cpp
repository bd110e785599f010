#include "model/event_heap.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;
using core::Instant;

TEST(EventHeap, OrdersByTimeAndThenBySequence) {
    EventHeap<std::pair<int, int>> heap;
    EXPECT_EQ(heap.next_due(), Instant::max());
    std::mt19937 random(1);
    std::vector<std::pair<int, int>> expected;
    for (int i = 0; i < 1000; ++i) {
        expected.emplace_back(static_cast<int>(random() % 20), i);
        heap.push(expected.back().first * 1ms, expected.back());
    }
    std::ranges::sort(expected);
    for (const auto& [time, sequence] : expected) {
        EXPECT_EQ(heap.next_due(), time * 1ms);
        EXPECT_EQ(heap.pop(), std::pair(time, sequence));
    }
    EXPECT_TRUE(heap.is_empty());
}

}  // namespace
}  // namespace portdrought::model
