#include "core/pool.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;

/// Cannot be copied, as what holds a descriptor cannot.
struct Idle {
    std::unique_ptr<int> descriptor;
    std::uint32_t requests = 0;
    Instant since{0};
};

using IdlePool = Pool<Idle>;

PoolLimits pool_of(std::uint32_t size) { return {size, 10s}; }

/// Known by its number of requests.
void put(IdlePool& pool, std::size_t destination, std::uint32_t requests, Instant since) {
    Idle connection;
    connection.requests = requests;
    connection.since = since;
    pool.put(destination, std::move(connection));
}

TEST(Pool, GivesTheMostRecentlyUsedConnectionOfADestination) {
    PoolCounts counts;
    IdlePool pool(pool_of(4), 2, counts);
    put(pool, 0, 1, 1s);
    put(pool, 1, 2, 2s);
    put(pool, 0, 3, 3s);
    EXPECT_EQ(pool.size(), 3U);
    EXPECT_EQ(pool.take(0)->requests, 3U);
    EXPECT_EQ(pool.take(0)->requests, 1U);
    EXPECT_FALSE(pool.take(0));
    EXPECT_EQ(pool.take(1)->requests, 2U);
    EXPECT_EQ(pool.size(), 0U);
}

TEST(Pool, IsFullPerDestination) {
    PoolCounts counts;
    IdlePool pool(pool_of(1), 2, counts);
    EXPECT_TRUE(pool.may_keep(0, 1));
    put(pool, 0, 1, 1s);
    EXPECT_FALSE(pool.may_keep(0, 1));
    EXPECT_TRUE(pool.may_keep(1, 1));
    EXPECT_EQ(counts.closed_full, 1U);
    (void)pool.take(0);
    EXPECT_TRUE(pool.may_keep(0, 1));
}

TEST(Pool, ClosesWornAndUnreadConnectionsEvenWhenThereIsRoom) {
    PoolLimits limits = pool_of(4);
    limits.max_requests = 100;
    PoolCounts counts;
    IdlePool pool(limits, 1, counts);
    EXPECT_TRUE(pool.may_keep(0, 99));
    EXPECT_FALSE(pool.may_keep(0, 100));
    EXPECT_EQ(counts.closed_worn, 1U);
    limits.drained = false;
    IdlePool undrained(limits, 1, counts);
    EXPECT_FALSE(undrained.may_keep(0, 100));
    EXPECT_EQ(counts.closed_unread, 1U);
    EXPECT_EQ(counts.closed_worn, 1U) << "one reason each";
    EXPECT_EQ(counts.closed_full, 0U);
}

TEST(Pool, ExpiresTheOldestOfAllDestinationsFirst) {
    PoolCounts counts;
    IdlePool pool(pool_of(8), 2, counts);
    EXPECT_EQ(pool.next_due(), std::nullopt);
    put(pool, 1, 1, 1s);
    put(pool, 0, 2, 2s);
    put(pool, 1, 3, 3s);
    EXPECT_EQ(pool.next_due(), 11s);
    EXPECT_FALSE(pool.take_expired(11s - 1ns));
    EXPECT_EQ(pool.take_expired(12s)->requests + pool.take_expired(12s)->requests, 1U + 2U);
    EXPECT_FALSE(pool.take_expired(12s));
    EXPECT_EQ(pool.next_due(), 13s);
    EXPECT_EQ(counts.closed_idle, 2U);
    EXPECT_EQ(pool.size(), 1U);
}

TEST(Pool, AConnectionThatWasUsedIsYoungAgain) {
    PoolCounts counts;
    IdlePool pool(pool_of(8), 1, counts);
    put(pool, 0, 1, 0s);
    (void)pool.take(0);
    put(pool, 0, 2, 9s);
    EXPECT_FALSE(pool.take_expired(10s));
    EXPECT_EQ(pool.next_due(), 19s) << "a loop that sleeps until then must not come round in vain";
    EXPECT_EQ(pool.take_expired(19s)->requests, 2U);
    EXPECT_EQ(counts.closed_idle, 1U);
}

TEST(Pool, KeepsItsOrderThroughManyExpiries) {
    PoolCounts counts;
    IdlePool pool(pool_of(1000), 1, counts);
    for (std::uint32_t i = 0; i < 1000; ++i) put(pool, 0, i, Instant{i});
    for (std::uint32_t i = 0; i < 700; ++i) ASSERT_EQ(pool.take_expired(30s)->requests, i);
    EXPECT_EQ(pool.take(0)->requests, 999U);
    put(pool, 0, 5000, 40s);
    EXPECT_EQ(pool.take(0)->requests, 5000U);
    EXPECT_EQ(pool.take_expired(30s)->requests, 700U);
    EXPECT_EQ(pool.size(), 298U);
}

TEST(PoolCounts, AddUp) {
    PoolCounts all{1, 2, 3, 4, 5};
    all += {10, 20, 30, 40, 50};
    EXPECT_EQ(all.reused, 11U);
    EXPECT_EQ(all.closed_full, 22U);
    EXPECT_EQ(all.closed_idle, 33U);
    EXPECT_EQ(all.closed_worn, 44U);
    EXPECT_EQ(all.closed_unread, 55U);
}

}  // namespace
}  // namespace portdrought::core
