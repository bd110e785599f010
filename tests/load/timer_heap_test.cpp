#include "load/timer_heap.hpp"

#include <gtest/gtest.h>

namespace portdrought::load {
namespace {

using namespace std::chrono_literals;

TEST(TimerHeap, GivesWhatIsDueInTheOrderOfTime) {
    TimerHeap<int> heap;
    EXPECT_EQ(heap.next_due(), std::nullopt);
    heap.push(3s, 3);
    heap.push(1s, 1);
    heap.push(2s, 2);
    heap.push(1s, 11);
    EXPECT_EQ(heap.next_due(), 1s);
    EXPECT_EQ(heap.pop_due(1s - 1ns), std::nullopt);
    EXPECT_EQ(heap.pop_due(2s), 1) << "of two due at once the one that came first";
    EXPECT_EQ(heap.pop_due(2s), 11);
    EXPECT_EQ(heap.pop_due(2s), 2);
    EXPECT_EQ(heap.pop_due(2s), std::nullopt);
    EXPECT_EQ(heap.pop_due(3s), 3);
}

}  // namespace
}  // namespace portdrought::load
