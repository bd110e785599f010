#include "lab/lab_plan.hpp"

#include <gtest/gtest.h>

namespace portdrought::lab {
namespace {

using namespace std::chrono_literals;

TEST(LabPlan, OfADefaultScenarioNeedsNothingSpecial) {
    const LabPlan plan = plan_for(scenario::Scenario{});
    EXPECT_EQ(plan.descriptors, 576U);
    EXPECT_EQ(plan.established_hash, 16'384U);
    EXPECT_EQ(plan.tw_reuse, scenario::TwReuse::off);
    EXPECT_EQ(plan.tw_reuse_delay, kernel_tw_reuse_delay);
    EXPECT_EQ(plan.fin_timeout, 60s);
    EXPECT_FALSE(plan.needs_sock_destroy);
    EXPECT_FALSE(plan.needs_port_window);
}

TEST(LabPlan, IsInRealTime) {
    scenario::Scenario scenario;
    scenario.lab.time_scale = 20;
    scenario.host.timed_wait_delay = 240s;
    const LabPlan plan = plan_for(scenario);
    EXPECT_EQ(plan.tw_reuse_delay, 50ms);
    EXPECT_EQ(plan.fin_timeout, 3s);
    EXPECT_TRUE(plan.needs_sock_destroy);
}

TEST(LabPlan, KeepsTheKernelsSmallestSteps) {
    scenario::Scenario scenario;
    scenario.lab.time_scale = 5000;
    const LabPlan plan = plan_for(scenario);
    EXPECT_EQ(plan.tw_reuse_delay, 1ms);
    EXPECT_EQ(plan.fin_timeout, 1s);
}

TEST(LabPlan, NeedsNoDestroyForTheKernelsOwnLength) {
    scenario::Scenario scenario;
    EXPECT_FALSE(plan_for(scenario).needs_sock_destroy);
    scenario.host.timed_wait_delay = 60s;  // to the point, which the kernel's own is not
    EXPECT_TRUE(plan_for(scenario).needs_sock_destroy);
}

TEST(LabPlan, ARelaysUpstreamNeedsItsPairsRemoved) {
    scenario::Scenario scenario;
    scenario.server.kind = scenario::ServerKind::relay;
    EXPECT_TRUE(plan_for(scenario).needs_sock_destroy);
}

TEST(LabPlan, SizesTheTableToWhatWillWait) {
    scenario::Scenario scenario;
    scenario.load.rate = core::Rate{400};
    scenario.load.duration = 120s;
    EXPECT_EQ(plan_for(scenario).established_hash, 32'768U);  // 24,000 within 60 s
    scenario.load.rate.reset();
    scenario.host.destinations = 3;
    EXPECT_EQ(plan_for(scenario).established_hash, 131'072U);  // all 3 x 28,232
    scenario.host.destinations = 100;
    EXPECT_EQ(plan_for(scenario).established_hash, 262'144U);
}

TEST(LabPlan, CountsDescriptorsOfBothEndsAndOfTheRelaysOwnLeg) {
    scenario::Scenario scenario;
    scenario.load.in_flight = 1000;
    EXPECT_EQ(plan_for(scenario).descriptors, 2064U);
    scenario.server.kind = scenario::ServerKind::relay;
    EXPECT_EQ(plan_for(scenario).descriptors, 4064U);
}

TEST(LabPlan, CountsDescriptorsThatStayOpenToTheEnd) {
    scenario::Scenario scenario;
    scenario.load.passive_closes = false;
    scenario.load.rate = core::Rate{50};
    EXPECT_GE(plan_for(scenario).descriptors, 576U + 500U);
}

TEST(LabPlan, AsksForTheAddressesOfAnIpv6Scenario) {
    scenario::Scenario scenario;
    EXPECT_FALSE(plan_for(scenario).needs_ipv6);
    scenario.server.address = "::1";
    EXPECT_TRUE(plan_for(scenario).needs_ipv6);
    EXPECT_TRUE(plan_for(scenario).addresses.empty());
    scenario.host.sources = 3;
    EXPECT_EQ(plan_for(scenario).addresses.size(), 3U);
}

TEST(LabPlan, CountsAListenerForEachDestination) {
    scenario::Scenario scenario;
    const auto with_one = plan_for(scenario).descriptors;
    scenario.host.destinations = 4;
    scenario.host.destination_addresses = 5;
    EXPECT_EQ(plan_for(scenario).descriptors, with_one + 19);
}

TEST(LabPlan, NeedsThePortWindowToChoosePorts) {
    scenario::Scenario scenario;
    scenario.host.port_choice = scenario::PortChoice::sequential;
    EXPECT_TRUE(plan_for(scenario).needs_port_window);
    scenario.host.port_choice = scenario::PortChoice::bound;
    EXPECT_FALSE(plan_for(scenario).needs_port_window) << "bind() does it";
    scenario.host.port_choice = scenario::PortChoice::kernel;
    scenario.host.port_window = core::PortRange{40000, 40099};
    EXPECT_TRUE(plan_for(scenario).needs_port_window);
}

TEST(LabPlan, HasRoomForTheTimeWaitOfBothSides) {
    scenario::Scenario scenario;
    scenario.load.rate = core::Rate{400};
    scenario.load.duration = 120s;
    scenario.load.closer = core::Closer::both;
    EXPECT_EQ(plan_for(scenario).established_hash, 65'536U);  // 24,000 within 60 s, twice
}

TEST(LabPlan, KeepsTimeWaitBeyondTheKernelsLengthWithRfc1337AndRawSockets) {
    scenario::Scenario scenario;
    scenario.host.timed_wait_delay = 60s;
    EXPECT_FALSE(plan_for(scenario).rfc1337);
    EXPECT_FALSE(plan_for(scenario).needs_raw_socket);
    scenario.host.timed_wait_delay = 240s;
    EXPECT_TRUE(plan_for(scenario).rfc1337);
    EXPECT_TRUE(plan_for(scenario).needs_raw_socket);
    scenario.lab.time_scale = 4;
    EXPECT_FALSE(plan_for(scenario).rfc1337) << "60 s of real time";
}

TEST(LabPlan, OfTrialsWithDuplicatesNeedsWindowsRawSocketsAndDescriptors) {
    scenario::Scenario scenario;
    scenario.lab.duplicates = 1000;
    const LabPlan plan = plan_for(scenario);
    EXPECT_TRUE(plan.needs_port_window);
    EXPECT_TRUE(plan.needs_raw_socket);
    EXPECT_GE(plan.descriptors, 4000U);
    EXPECT_FALSE(plan.rfc1337);
}

}  // namespace
}  // namespace portdrought::lab
