#include "lab/knobs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "lab/sysctl.hpp"

namespace portdrought::lab {
namespace {

Knob knob(const LabPlan& plan, const std::string& name) {
    const auto knobs = knobs_for(plan);
    const auto found = std::find_if(knobs.begin(), knobs.end(), [&](const Knob& one) { return one.name == name; });
    return found == knobs.end() ? Knob{} : *found;
}

TEST(Knobs, AreWrittenAsTheKernelShowsThem) {
    LabPlan plan;
    plan.ports = {1025, 5000};
    plan.reserved_ports = {{20600, 20600}, {20000, 20499}, {20500, 20510}};
    EXPECT_EQ(knob(plan, "net.ipv4.ip_local_port_range").value, "1025 5000");
    EXPECT_EQ(knob(plan, "net.ipv4.ip_local_reserved_ports").value, "20000-20510,20600");
    plan.reserved_ports.clear();
    EXPECT_EQ(knob(plan, "net.ipv4.ip_local_reserved_ports").value, "");
}

TEST(Knobs, CoverEverythingARunDependsOn) {
    LabPlan plan;
    plan.tw_reuse = scenario::TwReuse::loopback;
    plan.timestamps = false;
    plan.max_tw_buckets = 5;
    plan.fin_timeout = std::chrono::seconds{3};
    plan.rfc1337 = true;
    plan.autobind_reuse = true;
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_tw_reuse").value, "2");
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_timestamps").value, "0");
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_max_tw_buckets").value, "5");
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_fin_timeout").value, "3");
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_rfc1337").value, "1");
    EXPECT_EQ(knob(plan, "net.ipv4.ip_autobind_reuse").value, "1");
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_congestion_control").value, "reno");
}

TEST(Knobs, DoWithoutTheReuseDelayOnlyAtTheKernelsOwnSecond) {
    LabPlan plan;
    EXPECT_TRUE(knob(plan, "net.ipv4.tcp_tw_reuse_delay").dispensable);
    plan.tw_reuse_delay = std::chrono::milliseconds{50};
    EXPECT_FALSE(knob(plan, "net.ipv4.tcp_tw_reuse_delay").dispensable);
    EXPECT_EQ(knob(plan, "net.ipv4.tcp_tw_reuse_delay").value, "50");
}

TEST(Knobs, DoWithoutAutobindReuseOnlyWhereItIsOff) {
    LabPlan plan;
    EXPECT_TRUE(knob(plan, "net.ipv4.ip_autobind_reuse").dispensable);
    EXPECT_EQ(knob(plan, "net.ipv4.ip_autobind_reuse").value, "0");
    plan.autobind_reuse = true;
    EXPECT_FALSE(knob(plan, "net.ipv4.ip_autobind_reuse").dispensable);
}

TEST(Sysctl, FindsAndReadsSettingsByTheirDottedNames) {
    EXPECT_EQ(sysctl_path("net.ipv4.tcp_tw_reuse"), "/proc/sys/net/ipv4/tcp_tw_reuse");
    EXPECT_EQ(read_sysctl("net.ipv4.no_such_setting"), std::nullopt);
    EXPECT_EQ(read_number("kernel.ostype"), std::nullopt);
    EXPECT_EQ(read_sysctl("kernel.ostype"), "Linux");
}

}  // namespace
}  // namespace portdrought::lab
