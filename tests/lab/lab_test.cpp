#include "lab/lab.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>
#include <thread>

#include "lab/abilities.hpp"
#include "lab/doctor.hpp"
#include "lab/in_lab.hpp"
#include "lab/sysctl.hpp"
#include "os/net/interface.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/process/namespaces.hpp"
#include "probe/host_sampler.hpp"

namespace portdrought::lab {
namespace {

using ::testing::HasSubstr;

LabPlan unusual_plan() {
    LabPlan plan;
    plan.ports = {1025, 5000};
    plan.reserved_ports = {{2000, 2010}, {3000, 3000}};
    plan.tw_reuse = scenario::TwReuse::on;
    plan.timestamps = false;
    plan.max_tw_buckets = 12'345;
    plan.fin_timeout = std::chrono::seconds{7};
    plan.rfc1337 = true;
    plan.established_hash = 32'768;
    return plan;
}

TEST(Lab, SetsEverySettingAndRecordsWhatItReadBack) {
    PORTDROUGHT_IN_LAB(unusual_plan(), [](const record::HostFacts& facts) {
        const auto& shown = facts.sysctls;
        EXPECT_EQ(shown.at("net.ipv4.ip_local_port_range"), "1025 5000");
        EXPECT_EQ(shown.at("net.ipv4.ip_local_reserved_ports"), "2000-2010,3000");
        EXPECT_EQ(shown.at("net.ipv4.tcp_tw_reuse"), "1");
        EXPECT_EQ(shown.at("net.ipv4.tcp_timestamps"), "0");
        EXPECT_EQ(shown.at("net.ipv4.tcp_max_tw_buckets"), "12345");
        EXPECT_EQ(shown.at("net.ipv4.tcp_fin_timeout"), "7");
        EXPECT_EQ(shown.at("net.ipv4.tcp_rfc1337"), "1");
        EXPECT_EQ(shown.at("net.ipv4.tcp_congestion_control"), "reno");
        EXPECT_TRUE(shown.contains("net.core.somaxconn"));
        EXPECT_EQ(read_sysctl("net.ipv4.tcp_fin_timeout"), "7");
    });
}

TEST(Lab, HasTheIpv6AddressesOfItsPlan) {
    LabPlan plan = small_plan();
    const core::Address last = core::address_from("fd00::abcd").value();
    plan.needs_ipv6 = true;
    plan.addresses = {core::address_from("fd00::1").value(), last};
    PORTDROUGHT_IN_LAB(plan, [&](const record::HostFacts&) {
        for (const core::Address& address : {plan.addresses[0], last, core::address_from("::1").value()}) {
            const os::FileDescriptor listener = os::listen_on_loopback(address);
            EXPECT_EQ(os::local_endpoint(listener.get()).address, address);
            EXPECT_EQ(os::connect_to(listener).tuple.remote.address, address);
        }
        EXPECT_THROW(os::listen_on_loopback(last.plus(1)), os::SystemError);
    });
}

TEST(Lab, SwitchesIpv6OnWhereASettingKeepsItOff) {
    PORTDROUGHT_IN_LAB(small_plan(), [](const record::HostFacts&) {
        write_sysctl("net.ipv6.conf.lo.disable_ipv6", "1");
        EXPECT_THROW(os::listen_on_loopback(core::address_from("::1").value()), os::SystemError);
        EXPECT_EQ(try_ipv6(), 0);
        os::listen_on_loopback(core::address_from("::1").value());
    });
}

TEST(Lab, LeavesTheHostsSettingsAlone) {
    const auto before = read_sysctl("net.ipv4.ip_local_port_range");
    PORTDROUGHT_IN_LAB(unusual_plan(), [](const record::HostFacts&) {});
    EXPECT_EQ(read_sysctl("net.ipv4.ip_local_port_range"), before);
    EXPECT_NE(before, "1025 5000");
}

TEST(Lab, HasLoopbackUpAndATableOfItsOwn) {
    PORTDROUGHT_IN_LAB(small_plan(), [](const record::HostFacts& facts) {
        EXPECT_TRUE(os::is_up("lo"));
        if (read_sysctl("net.ipv4.tcp_child_ehash_entries")) {
            EXPECT_EQ(facts.established_hash, 16'384U);
        }
        EXPECT_FALSE(facts.kernel.empty());
        EXPECT_GE(facts.descriptor_limit, small_plan().descriptors);
    });
}

// Leaves TIME_WAIT behind and reports how much was there before.
void leave_time_wait(const record::HostFacts&) {
    probe::HostSampler sampler;
    EXPECT_EQ(sampler.sockstat().time_wait, 0U);
    const os::FileDescriptor listener = os::listen_on_loopback();
    for (int i = 0; i < 20; ++i) {
        os::LoopbackPair pair = os::connect_to(listener);
        pair.client.reset();
        pair.server.reset();
    }
    EXPECT_EQ(sampler.sockstat().time_wait, 20U);
}

TEST(Lab, InheritsNoTimeWaitFromTheLabBefore) {
    for (int run = 0; run < 2; ++run) {
        PORTDROUGHT_IN_LAB(small_plan(), leave_time_wait);
    }
}

TEST(Lab, UsesItsDescriptorsForTheTriesOnly) {
    LabPlan plan = small_plan();
    plan.needs_sock_destroy = plan.needs_port_window = true;
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        EXPECT_EQ(probe::HostSampler().sockstat().time_wait, 0U);
        EXPECT_EQ(probe::HostSampler().sockstat().in_use, 0U);
    });
}

std::string reason_why_not(const LabPlan& plan) {
    try {
        enter(plan);
        return "entered";
    } catch (const os::EnvironmentError& reason) {
        return reason.what();
    }
}

int in_child(const std::function<void()>& body) {
    os::ChildProcess child([&] {
        body();
        return ::testing::Test::HasFailure() ? 1 : 0;
    });
    return child.wait().code.value_or(-1);
}

TEST(Lab, NamesTheSettingThatRefusesItsValue) {
    EXPECT_EQ(in_child([] {
                  LabPlan plan = small_plan();
                  plan.congestion_control = "no_such_one";
                  const std::string reason = reason_why_not(plan);
                  EXPECT_THAT(reason, HasSubstr("net.ipv4.tcp_congestion_control"));
                  EXPECT_THAT(reason, HasSubstr("no_such_one"));
                  EXPECT_THAT(reason, HasSubstr("host.congestion_control=reno"));
              }),
              0);
}

TEST(Lab, NoticesAValueTheKernelTurnsIntoAnother) {
    PORTDROUGHT_IN_LAB(small_plan(), [](const record::HostFacts&) {
        Knob knob;
        knob.name = "net.ipv4.tcp_fin_timeout";
        knob.value = "007";
        try {
            set_knob(knob);
            FAIL() << "nothing was thrown";
        } catch (const os::EnvironmentError& reason) {
            EXPECT_THAT(reason.what(), HasSubstr("net.ipv4.tcp_fin_timeout: shows \"7\" after \"007\" was set"));
        }
    });
}

TEST(Lab, PassesOverADispensableSettingThatThisKernelLacks) {
    PORTDROUGHT_IN_LAB(small_plan(), [](const record::HostFacts&) {
        Knob knob;
        knob.name = "net.ipv4.no_such_setting";
        knob.value = "1";
        EXPECT_THROW(set_knob(knob), os::EnvironmentError);
        knob.dispensable = true;
        EXPECT_NO_THROW(set_knob(knob));
    });
}

TEST(Lab, SaysHowManyDescriptorsAreMissing) {
    EXPECT_EQ(in_child([] {
                  const rlimit few{200, 200};
                  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
                  EXPECT_THAT(reason_why_not(small_plan()), HasSubstr("at most 200 descriptors, 576 needed"));
              }),
              0);
}

TEST(Lab, IsRefusedWhereNamespacesAreForbidden) {
    EXPECT_EQ(in_child([] {
                  os::enter_private_network();
                  write_sysctl("user.max_user_namespaces", "0");
                  write_sysctl("user.max_net_namespaces", "0");
                  const std::string reason = reason_why_not(small_plan());
                  EXPECT_THAT(reason, HasSubstr("ENOSPC"));
                  EXPECT_THAT(reason, HasSubstr("user.max_user_namespaces=15000"));
                  EXPECT_THAT(reason, HasSubstr("list, show, plan, report and diagnose"));
              }),
              0);
}

TEST(Lab, DoesWithoutAUserNamespaceWhereTheCallerMay) {
    EXPECT_EQ(in_child([] {
                  os::enter_private_network();
                  write_sysctl("user.max_user_namespaces", "0");
                  EXPECT_FALSE(enter(small_plan()).user_namespace);
                  EXPECT_TRUE(os::is_up("lo"));
              }),
              0);
}

TEST(Lab, IsEnteredBeforeTheFirstThreadOnly) {
    EXPECT_EQ(in_child([] {
                  std::promise<void> done;
                  std::thread second([&] { done.get_future().wait(); });
                  EXPECT_THROW(enter(small_plan()), std::logic_error);
                  done.set_value();
                  second.join();
              }),
              0);
}

TEST(Doctor, AgreesWithTheLabOnThisMachine) {
    LabPlan plan = small_plan();
    plan.needs_sock_destroy = plan.needs_port_window = true;
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {});
    for (const Capability& capability : examine()) {
        // Which algorithms a namespace may choose is the host's business, and the plan above asked for the safe one.
        if (capability.name == "net.ipv4.tcp_congestion_control" || capability.name == "cpus") continue;
        EXPECT_EQ(capability.state, State::ok) << to_message(capability);
    }
}

}  // namespace
}  // namespace portdrought::lab
