#include "probe/host_sampler.hpp"

#include <gtest/gtest.h>

#include "lab/in_lab.hpp"
#include "os/net/loopback_pair.hpp"

namespace portdrought::probe {
namespace {

TEST(HostSampler, SeesWhatHappenedBetweenTwoLooks) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        HostSampler sampler;
        const HostSample before = sampler.take();
        const os::FileDescriptor listener = os::listen_on_loopback();
        for (int i = 0; i < 30; ++i) {
            os::LoopbackPair pair = os::connect_to(listener);
            pair.client.reset();
            pair.server.reset();
        }
        const os::LoopbackPair open = os::connect_to(listener);
        const HostSample after = sampler.take();
        EXPECT_EQ(before.sockstat.time_wait, 0U);
        EXPECT_EQ(after.sockstat.time_wait, 30U);
        EXPECT_EQ(after.counters.established, 2U);
        const auto counted = deltas(before.counters, after.counters);
        EXPECT_EQ(counted.size(), counter_names.size()) << "this kernel lacks a counter";
        EXPECT_EQ(counted.at("TcpExt.TW"), 30U);
        EXPECT_EQ(counted.at("Tcp.ActiveOpens"), 31U);
        EXPECT_EQ(counted.at("Tcp.PassiveOpens"), 31U);
        EXPECT_EQ(counted.at("Tcp.OutRsts"), 0U);
        EXPECT_GT(after.cpu, core::Duration{0});
    });
}

}  // namespace
}  // namespace portdrought::probe
