#include "os/net/destroy_batch.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>
#include <stdexcept>

#include "os/net/loopback_pair.hpp"
#include "os/net/socket_cookie.hpp"

namespace portdrought::os {
namespace {

const Tuple some_tuple{{0x7f000001, 20000}, {0x7f000001, 7000}};

TEST(DestroyBatch, RefusesTheWildcardCookie) {
    DestroyBatch batch;
    EXPECT_THROW(batch.add(some_tuple, std::numeric_limits<std::uint64_t>::max()), std::logic_error);
    EXPECT_EQ(batch.size(), 0U);
}

TEST(DestroyBatch, TakesNoMoreThanItsCapacity) {
    DestroyBatch batch;
    for (std::size_t i = 0; i < DestroyBatch::capacity; ++i) batch.add(some_tuple, i + 1);
    EXPECT_TRUE(batch.is_full());
    EXPECT_THROW(batch.add(some_tuple, 1), std::logic_error);
    batch.clear();
    EXPECT_EQ(batch.size(), 0U);
}

TEST(SocketCookie, StaysTheSameAndDiffersBetweenSockets) {
    const FileDescriptor one = listen_on_loopback();
    const FileDescriptor two = listen_on_loopback();
    EXPECT_EQ(socket_cookie(one.get()), socket_cookie(one.get()));
    EXPECT_NE(socket_cookie(one.get()), socket_cookie(two.get()));
    EXPECT_NE(socket_cookie(one.get()), 0U);
}

}  // namespace
}  // namespace portdrought::os
