// One enforcer ends pairs of both address families, in one batch.
#include <gtest/gtest.h>

#include "lab/in_lab.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/socket_cookie.hpp"
#include "probe/host_sampler.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::timed_wait {
namespace {

std::uint64_t time_wait_now() { return probe::HostSampler().sockstat().time_wait.value(); }

void connect_and_close(const os::FileDescriptor& listener, Enforcer& enforcer) {
    os::LoopbackPair pair = os::connect_to(listener);
    enforcer.closing(pair.tuple, os::socket_cookie(pair.client.get()));
    pair.client.reset();
    pair.server.reset();
    enforcer.entered(pair.tuple, core::Instant{0});
}

TEST(Enforcer, EndsPairsOfBothAddressFamilies) {
    lab::LabPlan plan = lab::small_plan();
    const core::Address own = core::address_from("fd00::1").value();
    plan.needs_ipv6 = true;
    plan.addresses = {own};
    PORTDROUGHT_IN_LAB(plan, [&](const record::HostFacts&) {
        const os::FileDescriptor listeners[] = {os::listen_on_loopback(),
                                                os::listen_on_loopback(core::address_from("::1").value()),
                                                os::listen_on_loopback(own)};
        Enforcer enforcer(std::chrono::seconds{1});
        for (int i = 0; i < 100; ++i)
            for (const os::FileDescriptor& listener : listeners) connect_and_close(listener, enforcer);
        ASSERT_EQ(time_wait_now(), 300U);
        EXPECT_EQ(enforcer.reap(std::chrono::seconds{2}, [] { return core::Instant{std::chrono::seconds{2}}; }), 300U);
        EXPECT_EQ(enforcer.already_gone(), 0U);
        EXPECT_EQ(time_wait_now(), 0U);
    });
}

}  // namespace
}  // namespace portdrought::timed_wait
