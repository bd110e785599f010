#include "lab/missing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace portdrought::lab {
namespace {

using ::testing::HasSubstr;

TEST(MissingNamespaces, NameTheLimitThatIsZero) {
    NamespacePolicy policy;
    policy.max_user_namespaces = 0;
    const Capability capability = no_private_network(ENOSPC, policy);
    EXPECT_EQ(capability.state, State::missing);
    EXPECT_THAT(capability.detail, HasSubstr("ENOSPC"));
    EXPECT_EQ(capability.remedy, "sudo sysctl -w user.max_user_namespaces=15000");
    policy.max_user_namespaces = 15000;
    policy.max_net_namespaces = 0;
    EXPECT_EQ(no_private_network(ENOSPC, policy).remedy, "sudo sysctl -w user.max_net_namespaces=15000");
}

TEST(MissingNamespaces, NameTheDistributionsPolicy) {
    NamespacePolicy policy;
    policy.max_user_namespaces = 15000;
    policy.apparmor_restricts = true;
    EXPECT_EQ(no_private_network(EPERM, policy).remedy,
              "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    policy.apparmor_restricts = false;
    policy.unprivileged_allowed = false;
    EXPECT_EQ(no_private_network(EPERM, policy).remedy, "sudo sysctl -w kernel.unprivileged_userns_clone=1");
}

TEST(MissingNamespaces, PointAtTheContainerWhenNoSettingForbidsThem) {
    NamespacePolicy policy;
    policy.max_user_namespaces = 15000;
    EXPECT_THAT(no_private_network(EPERM, policy).remedy, HasSubstr("seccomp=unconfined"));
    EXPECT_THAT(no_private_network(EINVAL, policy).remedy, HasSubstr("CONFIG_USER_NS"));
}

TEST(MissingNamespaces, SayWhatStillWorks) {
    EXPECT_THAT(no_private_network(EPERM, {}).without, HasSubstr("list, show, plan, report and diagnose"));
}

TEST(MissingDestroy, LeavesNaturalTimeWait) {
    const Capability capability = no_destroy(EOPNOTSUPP, "5.15.0");
    EXPECT_EQ(capability.state, State::limited);
    EXPECT_THAT(capability.detail, HasSubstr("EOPNOTSUPP"));
    EXPECT_THAT(capability.remedy, HasSubstr("6.0"));
    EXPECT_THAT(capability.remedy, HasSubstr("5.15.0"));
    EXPECT_THAT(capability.without, HasSubstr("timed_wait_delay = \"natural\""));
}

TEST(MissingIpv6, LeavesScenariosOverIpv4) {
    const Capability capability = no_ipv6(EAFNOSUPPORT);
    EXPECT_EQ(capability.state, State::limited);
    EXPECT_THAT(capability.detail, HasSubstr("EAFNOSUPPORT"));
    EXPECT_THAT(capability.remedy, HasSubstr("ipv6.disable=1"));
    EXPECT_THAT(capability.without, HasSubstr("127.x.y.z"));
}

TEST(MissingReuseDelay, NamesTheKernelThatHasIt) {
    LabPlan plan;
    plan.tw_reuse_delay = std::chrono::milliseconds{50};
    for (const Knob& knob : knobs_for(plan)) {
        if (knob.name != "net.ipv4.tcp_tw_reuse_delay") continue;
        const Capability capability = no_knob(knob, "6.1.0");
        EXPECT_THAT(capability.remedy, HasSubstr("Linux 6.14"));
        EXPECT_THAT(capability.without, HasSubstr("1 s"));
        return;
    }
    FAIL() << "there is no such knob";
}

TEST(MissingDescriptors, SayHowManyConnectionsWouldFit) {
    const Capability capability = too_few_descriptors(256, 576);
    EXPECT_EQ(capability.state, State::limited);
    EXPECT_EQ(capability.detail, "at most 256 descriptors, 576 needed");
    EXPECT_THAT(capability.remedy, HasSubstr("--nofile=576:576"));
    EXPECT_THAT(capability.without, HasSubstr("up to 96"));
    EXPECT_EQ(too_few_descriptors(64, 576).state, State::missing);
}

TEST(MissingPortWindow, LeavesTheKernelsOwnChoice) {
    const Capability capability = no_port_window(ENOPROTOOPT, "6.1.0");
    EXPECT_THAT(capability.remedy, HasSubstr("6.3"));
    EXPECT_THAT(capability.without, HasSubstr("port_choice = \"kernel\" or \"bound\""));
}

TEST(MissingRawSocket, LeavesEverythingUpToSixtySeconds) {
    const Capability capability = no_raw_socket(EPERM);
    EXPECT_EQ(capability.state, State::limited);
    EXPECT_THAT(capability.remedy, HasSubstr("NET_RAW"));
    EXPECT_THAT(capability.without, HasSubstr("60 s"));
}

TEST(Capability, IsWrittenWithReasonRemedyAndRest) {
    const Capability capability{"thing", State::missing, "not here", "that", "get one", "much"};
    EXPECT_EQ(to_message(capability), "thing: not here\n  needed for  that\n  allow it    get one\n  without it  much");
}

}  // namespace
}  // namespace portdrought::lab
