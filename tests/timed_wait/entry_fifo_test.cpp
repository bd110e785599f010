#include "timed_wait/entry_fifo.hpp"

#include <gtest/gtest.h>

#include "timed_wait/enforcer.hpp"
#include "timed_wait/refresher.hpp"

namespace portdrought::timed_wait {
namespace {

Entry numbered(std::uint64_t number) { return {{}, number, core::Instant{static_cast<std::int64_t>(number)}}; }

TEST(EntryFifo, GivesEntriesBackInTheirOrderAcrossChunks) {
    EntryFifo fifo;
    std::uint64_t pushed = 0, popped = 0;
    for (int round = 0; round < 50; ++round) {
        for (int i = 0; i < 137; ++i) fifo.push(numbered(pushed++));
        for (int i = 0; i < 101; ++i) {
            ASSERT_EQ(fifo.front().cookie, popped++);
            fifo.pop();
        }
        ASSERT_EQ(fifo.size(), pushed - popped);
    }
    for (; !fifo.is_empty(); fifo.pop()) ASSERT_EQ(fifo.front().cookie, popped++);
    EXPECT_EQ(popped, pushed);
}

TEST(EntryFifo, KeepsItsMemoryInStepWithItsLength) {
    EntryFifo fifo;
    for (std::uint64_t i = 0; i < 100'000; ++i) fifo.push(numbered(i));
    EXPECT_LE(fifo.memory_bytes(), 100'000U * 33);
    while (!fifo.is_empty()) fifo.pop();
    EXPECT_LE(fifo.memory_bytes(), 20'000U);
}

TEST(EntryFifo, StaysSmallWhenItNeverEmpties) {
    EntryFifo fifo;
    fifo.push(numbered(0));
    for (std::uint64_t i = 1; i < 100'000; ++i) {
        fifo.push(numbered(i));
        fifo.pop();
    }
    EXPECT_EQ(fifo.front().cookie, 99'999U);
    EXPECT_LE(fifo.memory_bytes(), 30'000U);
}

TEST(RefreshAges, AreEvenAndAtMostFiftySecondsApart) {
    using namespace std::chrono_literals;
    EXPECT_TRUE(refresh_ages(60s).empty());
    EXPECT_EQ(refresh_ages(75s), std::vector<core::Duration>{37500ms});
    EXPECT_EQ(refresh_ages(240s), (std::vector<core::Duration>{48s, 96s, 144s, 192s}));
    EXPECT_EQ(refresh_ages(250s).size(), 4U);
    EXPECT_EQ(refresh_ages(250s + 1ns).size(), 5U);
    EXPECT_EQ(refresh_ages(60s + 1ns).size(), 1U);
}

os::Tuple tuple_of(std::uint32_t number) {
    return {{0x7f000001U + number / 20'000, static_cast<std::uint16_t>(20'000 + number % 20'000)}, {0x7f000001, 7000}};
}

TEST(Enforcer, NeedsAtMost64BytesPerEntryInTimeWaitOrOnItsWayThere) {
    constexpr std::uint32_t entries = 100'000;
    Enforcer enforcer(std::chrono::seconds{30});
    for (std::uint32_t i = 0; i < entries; ++i) enforcer.closing(tuple_of(i), i + 1);
    EXPECT_LE(enforcer.memory_bytes(), std::size_t{entries} * 64);
    Enforcer steady(std::chrono::seconds{30});
    for (std::uint32_t i = 0; i < entries; ++i) {
        steady.closing(tuple_of(i), i + 1);
        steady.entered(tuple_of(i), core::Instant{i});
    }
    EXPECT_LE(steady.memory_bytes(), std::size_t{entries} * 34);
}

TEST(Enforcer, KnowsOnlyWhatWasClosingAndNotForgotten) {
    Enforcer enforcer(std::chrono::seconds{30});
    enforcer.entered(tuple_of(1), core::Instant{0});
    EXPECT_EQ(enforcer.entries(), 0U);
    enforcer.closing(tuple_of(2), 1);
    enforcer.forget(tuple_of(2));
    enforcer.entered(tuple_of(2), core::Instant{0});
    EXPECT_EQ(enforcer.entries(), 0U);
    EXPECT_EQ(enforcer.next_due(), std::nullopt);
    enforcer.closing(tuple_of(3), 1);
    EXPECT_EQ(enforcer.half_closed(), 1U);
    enforcer.entered(tuple_of(3), core::Instant{5});
    EXPECT_EQ(enforcer.half_closed(), 0U);
    EXPECT_EQ(enforcer.tracked(), 1U);
    EXPECT_GE(enforcer.next_due(), core::Instant{std::chrono::seconds{30}} + core::Duration{5});
}

TEST(Enforcer, LeavesAnEntryAloneBeforeItsTime) {
    Enforcer enforcer(std::chrono::seconds{30});
    enforcer.closing(tuple_of(1), 1);
    enforcer.entered(tuple_of(1), core::Instant{0});
    const core::Instant early = *enforcer.next_due() - core::Duration{1};
    EXPECT_EQ(enforcer.reap(early, [&] { return early; }), 0U);
    EXPECT_EQ(enforcer.tracked(), 1U);
}

}  // namespace
}  // namespace portdrought::timed_wait
