#include "analysis/knees/path_forecast.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace portdrought::knees {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

scenario::Scenario thousand_ports() {
    scenario::Scenario scenario;
    scenario.load.rate = core::Rate{20};
    scenario.load.duration = 150s;
    scenario.host.ports = {20000, 20999};
    scenario.host.timed_wait_delay = 60s;
    scenario.load.in_flight = 10'000;
    scenario.lab.time_scale = 50;
    return scenario;
}

TEST(Forecast, OfTheKernelsOwnSearchHasThreeKnees) {
    const Forecast knees = forecast(thousand_ports());
    EXPECT_NEAR(knees.cliff.per_s.value(), 500 / 60.0, 1e-9);
    EXPECT_NEAR(knees.first_failure.per_s.value(), 1000 / 60.0, 1e-9);
    EXPECT_NEAR(knees.ceiling.per_s.value(), 1000 / 60.0, 1e-9);
    EXPECT_EQ(knees.ceiling.why, "1,000 ports / 60 s");
    EXPECT_EQ(knees.cliff.why, "500 ports are half / 60 s");
    EXPECT_FALSE(knees.is_cpu_bound());
    EXPECT_NEAR(core::seconds(knees.connect_after), 25e-6 + 501 * 0.16e-6, 1e-6);
}

TEST(Forecast, OfAProgramThatChoosesItsPortsHasNoCliff) {
    auto scenario = thousand_ports();
    scenario.host.port_choice = scenario::PortChoice::sequential;
    EXPECT_FALSE(forecast(scenario).cliff.per_s);
    EXPECT_THAT(forecast(scenario).cliff.why, HasSubstr("program chooses"));
    EXPECT_TRUE(forecast(scenario).first_failure.per_s);
    scenario = thousand_ports();
    scenario.host.port_window = core::PortRange{20000, 20499};
    EXPECT_FALSE(forecast(scenario).cliff.per_s);
}

TEST(Forecast, OfBindHasItsCliffToo) {
    auto scenario = thousand_ports();
    scenario.host.bind_before_connect = true;
    scenario.host.reserved_ports = {{20000, 20000}};
    EXPECT_EQ(search_of(scenario.host).first_half, 500U) << "the other parity first";
    EXPECT_NEAR(forecast(scenario).cliff.per_s.value(), 500 / 60.0, 1e-9);
    scenario.host.reuse_address = true;
    EXPECT_FALSE(forecast(scenario).cliff.per_s);
}

TEST(Forecast, OfFewPortsHasWalksTooShortToBeFelt) {
    auto scenario = thousand_ports();
    scenario.host.ports = {20000, 20199};
    EXPECT_FALSE(forecast(scenario).cliff.per_s);
    EXPECT_THAT(forecast(scenario).cliff.why, HasSubstr("past 100 ports is too short"));
}

TEST(Forecast, OfARunShorterThanTheWaitCountsWhatTheRunTakes) {
    auto scenario = thousand_ports();
    scenario.load.duration = 5s;
    scenario.lab.time_scale = 1;
    EXPECT_NEAR(forecast(scenario).first_failure.per_s.value(), 200, 1e-9);
    EXPECT_NEAR(forecast(scenario).cliff.per_s.value(), 100 / 0.96, 1e-9) << "so many attempts must be slow";
    EXPECT_NEAR(forecast(scenario).ceiling.per_s.value(), 1000 / 60.0, 1e-9);
    EXPECT_THAT(forecast(scenario).first_failure.why, HasSubstr("the whole run"));
}

TEST(Forecast, WritesOutThatTheSlowOnesAreTheLastOfAShortRun) {
    auto scenario = thousand_ports();
    scenario.load.duration = 3s;
    EXPECT_NEAR(forecast(scenario).cliff.per_s.value(), 500 / (0.96 * 3), 1e-9);
    EXPECT_THAT(forecast(scenario).cliff.why, HasSubstr("500 ports are half / 3 s / 0.96"));
}

TEST(Forecast, OfAPoolHasNoKnee) {
    auto scenario = thousand_ports();
    scenario.load.pool_size = 8;
    Forecast knees = forecast(scenario);
    EXPECT_FALSE(knees.cliff.per_s || knees.first_failure.per_s || knees.ceiling.per_s);
    EXPECT_THAT(knees.ceiling.why, HasSubstr("reuses connections"));
}

TEST(Forecast, OfAServerThatDoesNotAnswerHasNoKnee) {
    for (bool scenario::Server::*setting : {&scenario::Server::listens, &scenario::Server::accepts}) {
        auto scenario = thousand_ports();
        scenario.server.*setting = false;
        Forecast knees = forecast(scenario);
        EXPECT_FALSE(knees.cliff.per_s || knees.first_failure.per_s || knees.ceiling.per_s);
        EXPECT_THAT(knees.first_failure.why, HasSubstr("no prediction: the server does not answer"));
    }
}

TEST(Forecast, HasNoKneeBeyondWhatTheSlotsLetThrough) {
    auto scenario = thousand_ports();
    scenario.load.hold = 40s;
    scenario.load.in_flight = 300;  // 7.5/s, between 500 / 100 s and 1000 / 100 s
    const Forecast knees = forecast(scenario);
    EXPECT_NEAR(knees.cliff.per_s.value(), 5, 1e-9);
    EXPECT_FALSE(knees.first_failure.per_s);
    EXPECT_NEAR(knees.ceiling.per_s.value(), 7.5, 1e-9);
    EXPECT_TRUE(knees.is_slot_bound);
    EXPECT_EQ(knees.ceiling.why, "300 slots / 40 s open: 7.5/s get through");
    scenario.load.closer = core::Closer::never;
    EXPECT_FALSE(forecast(scenario).cliff.per_s || forecast(scenario).first_failure.per_s);
    EXPECT_THAT(forecast(scenario).first_failure.why, HasSubstr("are gone before"));
}

TEST(Forecast, LeavesOutPortsOfSocketsThatNeverConnect) {
    auto scenario = thousand_ports();
    scenario.host.unconnected_ports = 100;
    EXPECT_EQ(search_of(scenario.host).ports, 900U);
    EXPECT_EQ(search_of(scenario.host).first_half, 500U) << "bind() takes the other parity first";
    EXPECT_NEAR(forecast(scenario).ceiling.per_s.value(), 900 / 60.0, 1e-9);
    scenario.host.unconnected_ports = 900;
    EXPECT_EQ(search_of(scenario.host).first_half, 100U);
    EXPECT_NEAR(forecast(scenario).first_failure.per_s.value(), 100 / 60.0, 1e-9);
    EXPECT_FALSE(forecast(scenario).cliff.per_s);
}

TEST(Forecast, CountsTheTimeOpenAndEveryPair) {
    auto scenario = thousand_ports();
    scenario.load.hold = 40s;
    scenario.host.sources = 2;
    EXPECT_NEAR(forecast(scenario).ceiling.per_s.value(), 2000 / 100.0, 1e-9);
    EXPECT_NEAR(forecast(scenario).cliff.per_s.value(), 1000 / 100.0, 1e-9);
    EXPECT_EQ(forecast(scenario).ceiling.why, "2,000 pairs / 100 s");
}

TEST(Forecast, CountsOnlyPortsThatMayBeTakenInTheFirstHalf) {
    auto scenario = thousand_ports();
    scenario.host.reserved_ports = {{20000, 20000}, {20002, 20002}, {20004, 20004}, {20006, 20006}};
    EXPECT_EQ(search_of(scenario.host).first_half, 496U);
    EXPECT_EQ(search_of(scenario.host).ports, 996U);
    EXPECT_NEAR(forecast(scenario).cliff.per_s.value(), 496 / 60.0, 1e-9);
}

TEST(Forecast, AWindowHasItsPartOfThePortsThatNeverConnect) {
    auto scenario = thousand_ports();
    scenario.host.port_window = core::PortRange{20100, 20199};
    scenario.host.unconnected_ports = 100;
    EXPECT_EQ(search_of(scenario.host).ports, 90U);
}

TEST(Forecast, OfReuseIsThatOfTheShorterWait) {
    auto scenario = thousand_ports();
    scenario.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_NEAR(forecast(scenario).ceiling.per_s.value(), 1000, 1e-9);
    EXPECT_NEAR(forecast(scenario).cliff.per_s.value(), 500, 1e-9);
    EXPECT_TRUE(forecast(scenario).is_cpu_bound()) << "compressed 50 times that is 50,000 a second";
}

TEST(Forecast, HasNoKneeWhereNoPortStaysTaken) {
    auto scenario = thousand_ports();
    scenario.load.closer = core::Closer::server;
    const Forecast knees = forecast(scenario);
    EXPECT_FALSE(knees.cliff.per_s || knees.first_failure.per_s || knees.ceiling.per_s);
    EXPECT_THAT(knees.ceiling.why, HasSubstr("no port stays taken"));
    scenario = thousand_ports();
    scenario.host.max_time_wait = 400;
    EXPECT_FALSE(forecast(scenario).cliff.per_s || forecast(scenario).first_failure.per_s);
    scenario.host.max_time_wait = 700;
    EXPECT_TRUE(forecast(scenario).cliff.per_s);
    EXPECT_FALSE(forecast(scenario).first_failure.per_s);
}

TEST(Forecast, OfWhoNeverClosesHasNoCeiling) {
    auto scenario = thousand_ports();
    scenario.load.closer = core::Closer::never;
    EXPECT_EQ(forecast(scenario).ceiling.per_s, 0);
    EXPECT_NEAR(forecast(scenario).first_failure.per_s.value(), 1000 / 150.0, 1e-9);
}

TEST(Forecast, OfRandomArrivalsFailsBeforeTheMeanDoes) {
    auto scenario = thousand_ports();
    scenario.load.arrivals = core::Arrivals::poisson;
    const Forecast knees = forecast(scenario);
    EXPECT_LT(knees.first_failure.per_s.value(), 0.97 * 1000 / 60.0);
    EXPECT_GT(knees.first_failure.per_s.value(), 0.85 * 1000 / 60.0);
    EXPECT_LT(knees.cliff.per_s.value(), 500 / 60.0);
    EXPECT_GT(knees.cliff.per_s.value(), 0.9 * 500 / 60.0);
    EXPECT_THAT(knees.first_failure.why, HasSubstr("Erlang B"));
}

TEST(Forecast, OfLinuxDefaultsNeverSeesAFailureWithOneWorker) {
    scenario::Scenario scenario;
    scenario.load.duration = 180s;
    const Forecast one = forecast(scenario);
    EXPECT_NEAR(one.cliff.per_s.value(), 235.3, 0.1);
    EXPECT_NEAR(one.ceiling.per_s.value(), 470.5, 0.1);
    EXPECT_TRUE(one.is_cpu_bound());
    EXPECT_NEAR(one.cpu_per_s, 235.3, 0.5) << "past the cliff a connection takes more than 5 ms of CPU";
    scenario.load.workers = 4;
    EXPECT_FALSE(forecast(scenario).is_cpu_bound());
    scenario.load.workers = 1;
    scenario.host.port_choice = scenario::PortChoice::sequential;
    EXPECT_FALSE(forecast(scenario).is_cpu_bound());
}

/// 4 hosts behind 50,000 ports that come back after 65 s, or 16 s after a reset.
scenario::Scenario behind_azure() {
    scenario::Scenario scenario;
    scenario.load.duration = 200s;
    scenario.load.in_flight = 100'000;
    scenario.topology.hosts = 4;
    scenario.nat.profile = "azure-nat-gateway";
    scenario.nat.connections_per_destination = 50'000;
    scenario.nat.after_fin = 65s;
    scenario.nat.after_reset = 16s;
    return scenario;
}

TEST(PathForecast, OfAHostAloneIsItsOwn) {
    const Forecast own = forecast(thousand_ports()), path = path_forecast(thousand_ports());
    EXPECT_EQ(path.first_failure.per_s, own.first_failure.per_s);
    EXPECT_EQ(path.ceiling.why, own.ceiling.why);
}

TEST(PathForecast, IsThatOfThePoolThatEndsFirstForEachHost) {
    scenario::Scenario scenario = behind_azure();
    const Forecast by_fin = path_forecast(scenario);
    EXPECT_NEAR(by_fin.first_failure.per_s.value(), 50'000 / 65.0 / 4, 1e-9);
    EXPECT_NEAR(by_fin.ceiling.per_s.value(), 50'000 / 65.0 / 4, 1e-9);
    EXPECT_EQ(by_fin.ceiling.why, "NAT ports: 50,000 / 65 s / 4 hosts");
    scenario.load.linger = 0s;
    EXPECT_NEAR(path_forecast(scenario).ceiling.per_s.value(), 50'000 / 16.0 / 4, 1e-9);
    EXPECT_FALSE(forecast(scenario).ceiling.per_s) << "the host keeps no port after a reset";
    scenario.load.linger.reset();
    scenario.topology.hosts = 1;
    EXPECT_NEAR(path_forecast(scenario).ceiling.per_s.value(), 28'232 / 60.0, 1e-9) << "the host's own end first";
}

TEST(PathForecast, OfARunShorterThanTheNatKeepsPortsCountsWhatTheRunTakes) {
    scenario::Scenario scenario = behind_azure();
    scenario.load.duration = 25s;
    EXPECT_NEAR(path_forecast(scenario).first_failure.per_s.value(), 50'000 / 25.0 / 4, 1e-9);
    EXPECT_THAT(path_forecast(scenario).first_failure.why, HasSubstr("the whole run"));
}

TEST(PathForecast, IsNeverMetBeyondTheSlots) {
    scenario::Scenario scenario = behind_azure();
    scenario.load.hold = 10s;
    scenario.load.in_flight = 1000;  // 100/s of each host
    const Forecast slots = path_forecast(scenario);
    EXPECT_TRUE(slots.is_slot_bound);
    EXPECT_NEAR(slots.ceiling.per_s.value(), 100, 1e-9);
    EXPECT_FALSE(slots.first_failure.per_s);
    scenario.load.in_flight = 2000;
    EXPECT_FALSE(path_forecast(scenario).is_slot_bound);
    EXPECT_NEAR(path_forecast(scenario).ceiling.per_s.value(), 50'000 / 75.0 / 4, 1e-9);
}

}  // namespace
}  // namespace portdrought::knees
