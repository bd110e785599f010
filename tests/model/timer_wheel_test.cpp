#include "model/timer_wheel.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;
using core::Duration, core::Instant;

/// Every end of `delay` for starts within 100 s, with the gaps between them.
std::set<Duration> gaps_between_ends(std::uint32_t hz, Duration delay) {
    const TimerWheel wheel(hz, 0s);
    std::set<Instant> ends;
    for (Instant start{0}; start < 100s; start += 1ms) ends.insert(wheel.end_of(start, delay));
    std::set<Duration> gaps;
    for (auto end = std::next(ends.begin()); end != ends.end(); ++end) gaps.insert(*end - *std::prev(end));
    return gaps;
}

TEST(TimerWheel, EndsMinutesInBatchesSecondsApart) {
    EXPECT_EQ(gaps_between_ends(100, 60s), std::set<Duration>{5120ms});
    EXPECT_EQ(gaps_between_ends(250, 60s), std::set<Duration>{2048ms});
    EXPECT_EQ(gaps_between_ends(1000, 60s), std::set<Duration>{4096ms});
}

TEST(TimerWheel, NeverEndsEarlyNorMoreThanATickOfItsLevelLate) {
    const struct {
        std::uint32_t hz;
        Duration tick;
    } levels[] = {{100, 5120ms}, {250, 2048ms}, {1000, 4096ms}};
    for (const auto& [hz, tick] : levels) {
        const Duration jiffy = Duration{1s} / hz;
        std::mt19937_64 random(hz);
        for (int i = 0; i < 20'000; ++i) {
            // Any phase within a tick; every other start is exactly at a jiffy, where rounding goes wrong first.
            const Duration phase{static_cast<std::int64_t>(random() % 5'120'000'000)};
            Instant start{static_cast<std::int64_t>(random() % 1'000'000'000'000)};
            if (i % 2 == 0) start += jiffy - (start + phase) % jiffy;
            const Duration lifetime = TimerWheel(hz, phase).end_of(start, 60s) - start;
            ASSERT_GT(lifetime, 60s);
            ASSERT_LE(lifetime, 60s + tick);
        }
    }
}

TEST(TimerWheel, GetsCoarserAtTheBordersOfItsLevels) {
    // Level n begins at 63 x 8^(n-1) jiffies and has ticks of 8^n (LVL_START, LVL_GRAN).
    constexpr std::int64_t granularity[] = {1, 8, 64, 512, 4096};
    for (int level = 1; level <= 4; ++level) {
        const std::int64_t border = 63 * granularity[level - 1];
        EXPECT_EQ(gaps_between_ends(1000, (border - 1) * Duration{1ms}),
                  std::set<Duration>{granularity[level - 1] * Duration{1ms}});
        EXPECT_EQ(gaps_between_ends(1000, border * Duration{1ms}),
                  std::set<Duration>{granularity[level] * Duration{1ms}});
    }
}

TEST(TimerWheel, CountsAPartOfAJiffyAsAWholeOne) {
    const TimerWheel wheel(1000, 0s);
    EXPECT_EQ(wheel.end_of(0s, 1500us), 3ms);  // two jiffies and the one that has begun
    EXPECT_EQ(wheel.end_of(500us, 2ms), 3ms);
}

TEST(TimerWheel, ThePhaseShiftsTheBatches) {
    const TimerWheel wheel(250, 1s);
    EXPECT_EQ((wheel.end_of(5s, 60s) + 1s) % 2048ms, 0s);
}

}  // namespace
}  // namespace portdrought::model
