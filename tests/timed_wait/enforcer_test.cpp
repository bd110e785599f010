#include "timed_wait/enforcer.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
#include <vector>

#include "lab/in_lab.hpp"
#include "os/clock.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/socket_cookie.hpp"
#include "probe/host_sampler.hpp"

namespace portdrought::timed_wait {
namespace {

using std::chrono::milliseconds;

std::uint64_t time_wait_now() { return probe::HostSampler().sockstat().time_wait.value(); }

// A connection that the client closes first: its side keeps the pair in TIME_WAIT.
os::Tuple connect_and_close(const os::FileDescriptor& listener, Enforcer& enforcer) {
    os::LoopbackPair pair = os::connect_to(listener);
    enforcer.closing(pair.tuple, os::socket_cookie(pair.client.get()));
    pair.client.reset();
    pair.server.reset();
    enforcer.entered(pair.tuple, os::monotonic_now());
    return pair.tuple;
}

void reap_until_empty(Enforcer& enforcer) {
    while (const auto due = enforcer.next_due()) {
        std::this_thread::sleep_for(*due - os::monotonic_now());
        enforcer.reap(os::monotonic_now(), os::monotonic_now);
    }
}

bool carries_data(const os::LoopbackPair& pair) {
    char byte = 0;
    return ::write(pair.client.get(), "x", 1) == 1 && ::read(pair.server.get(), &byte, 1) == 1 && byte == 'x';
}

TEST(Enforcer, EndsTimeWaitAfterTheWantedLength) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer enforcer(milliseconds{500});
        for (int i = 0; i < 200; ++i) connect_and_close(listener, enforcer);
        EXPECT_EQ(time_wait_now(), 200U);
        reap_until_empty(enforcer);
        EXPECT_EQ(time_wait_now(), 0U);
        EXPECT_EQ(enforcer.entries(), 200U);
        EXPECT_EQ(enforcer.already_gone(), 0U);
        EXPECT_EQ(enforcer.lifetimes().count(), 200U);
        EXPECT_GE(enforcer.lifetimes().min(), milliseconds{500});
        EXPECT_LE(enforcer.lifetimes().quantile(0.5), milliseconds{510});
        EXPECT_LE(enforcer.lateness().quantile(0.5), milliseconds{10});
        EXPECT_GT(enforcer.cpu(), core::Duration{0});
    });
}

TEST(Enforcer, FreesThePortsAtOnce) {
    lab::LabPlan plan = lab::small_plan();
    plan.ports = {20000, 20049};
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer enforcer(milliseconds{200});
        // The listener took one of the 50 ports itself.
        for (int i = 0; i < 49; ++i) connect_and_close(listener, enforcer);
        EXPECT_THROW(os::connect_to(listener), os::SystemError) << "no port should be left";
        reap_until_empty(enforcer);
        for (int i = 0; i < 49; ++i) EXPECT_NO_THROW(connect_and_close(listener, enforcer));
    });
}

// tw_reuse gives the tuple to a new connection before the old entry is due: the cookie tells the two apart.
TEST(Enforcer, NeverTouchesANewConnectionOnTheSameTuple) {
    lab::LabPlan plan = lab::small_plan();
    plan.ports = {20000, 20001};
    plan.tw_reuse = scenario::TwReuse::on;
    plan.tw_reuse_delay = milliseconds{1};
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer enforcer(milliseconds{100});
        const os::Tuple first = connect_and_close(listener, enforcer);
        std::this_thread::sleep_for(milliseconds{20});
        const os::LoopbackPair second = os::connect_to(listener);
        ASSERT_EQ(second.tuple, first) << "one port only: the tuple must be the same";
        reap_until_empty(enforcer);
        EXPECT_EQ(enforcer.already_gone(), 1U);
        EXPECT_EQ(enforcer.entries(), 1U);
        EXPECT_EQ(enforcer.lifetimes().count(), 0U);
        EXPECT_TRUE(carries_data(second));
    });
}

TEST(Enforcer, CountsEntriesThatAreGoneAcrossBatches) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer first(milliseconds{50}), second(milliseconds{300});
        for (int i = 0; i < 700; ++i) {
            os::LoopbackPair pair = os::connect_to(listener);
            const std::uint64_t cookie = os::socket_cookie(pair.client.get());
            if (i % 7 != 0) first.closing(pair.tuple, cookie);
            second.closing(pair.tuple, cookie);
            pair.client.reset();
            pair.server.reset();
            first.entered(pair.tuple, os::monotonic_now());
            second.entered(pair.tuple, os::monotonic_now());
        }
        reap_until_empty(first);
        EXPECT_EQ(time_wait_now(), 100U);
        reap_until_empty(second);  // 700 in batches of 256, six of seven answered ENOENT
        EXPECT_EQ(time_wait_now(), 0U);
        EXPECT_EQ(second.already_gone(), 600U);
        EXPECT_EQ(second.lifetimes().count(), 100U);
        EXPECT_EQ(second.entries(), 700U);
    });
}

TEST(Enforcer, EndsTimeWaitHeldByTheServer) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer enforcer(milliseconds{50});
        os::LoopbackPair pair = os::connect_to(listener);
        const os::Tuple active = pair.tuple.reversed();
        enforcer.closing(active, os::socket_cookie(pair.server.get()));
        pair.server.reset();
        pair.client.reset();
        enforcer.entered(active, os::monotonic_now());
        EXPECT_EQ(time_wait_now(), 1U);
        reap_until_empty(enforcer);
        EXPECT_EQ(time_wait_now(), 0U);
        EXPECT_NO_THROW(os::connect_to(listener)) << "the listener must survive";
    });
}

}  // namespace
}  // namespace portdrought::timed_wait
