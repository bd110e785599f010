#include "analysis/laws/prediction.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace portdrought::laws {
namespace {

using namespace std::chrono_literals;

scenario::Scenario thousand_ports() {
    scenario::Scenario scenario;
    scenario.load.rate = core::Rate{800};
    scenario.load.duration = 4s;
    scenario.load.in_flight = 10'000;
    scenario.host.ports = {20000, 20999};
    return scenario;
}

TEST(Prediction, ClientThatClosesFirstRunsOut) {
    const Prediction law = predict(thousand_ports());
    EXPECT_EQ(law.holding, Holding::time_wait);
    EXPECT_EQ(law.capacity, 1000U);
    EXPECT_EQ(law.residence(), 60s);
    EXPECT_NEAR(core::seconds(law.exhaustion.value()), 1.25, 1e-9);
    EXPECT_DOUBLE_EQ(law.pairs_wanted.value(), 48'000);
}

TEST(Prediction, ReuseShortensTheHoldOnlyWhereItWorks) {
    auto scenario = thousand_ports();
    scenario.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(predict(scenario).holding, Holding::reuse_delay);
    EXPECT_FALSE(predict(scenario).runs_out());
    scenario.host.timestamps = false;
    EXPECT_EQ(predict(scenario).holding, Holding::time_wait);
    scenario.host.timestamps = true;
    scenario.host.bind_before_connect = true;
    EXPECT_EQ(predict(scenario).holding, Holding::bound_port);
    scenario.host.bind_before_connect = false;
    scenario.host.tw_reuse = scenario::TwReuse::loopback;
    EXPECT_TRUE(reuse_is_effective(scenario));
    scenario.server.address = "10.0.0.1";
    EXPECT_FALSE(reuse_is_effective(scenario));
}

TEST(Prediction, AdmissionLowersWhatIsOffered) {
    auto scenario = thousand_ports();
    EXPECT_TRUE(predict(scenario).runs_out());
    scenario.load.admission = core::Rate{16};
    EXPECT_EQ(predict(scenario).offered, core::Rate{16});
    EXPECT_FALSE(predict(scenario).runs_out());
    scenario.load.admission = core::Rate{900};
    EXPECT_EQ(predict(scenario).offered, core::Rate{800});
}

TEST(Prediction, NobodyKnowsBeforehandHowManyConnectionsAPoolOpens) {
    auto scenario = thousand_ports();
    scenario.load.pool_size = 8;
    EXPECT_EQ(predict(scenario).offered, std::nullopt);
    EXPECT_FALSE(predict(scenario).runs_out());
    EXPECT_EQ(predict(scenario).holding, Holding::time_wait);
    scenario.load.pool_drain = false;
    EXPECT_EQ(predict(scenario).offered, core::Rate{800}) << "one per request";
    EXPECT_EQ(predict(scenario).holding, Holding::by_reset);
}

TEST(Prediction, ServerThatClosesFirstAndResetsTakeNoPort) {
    auto scenario = thousand_ports();
    scenario.load.closer = core::Closer::server;
    EXPECT_EQ(predict(scenario).holding, Holding::server_side);
    EXPECT_TRUE(std::isinf(predict(scenario).sustainable_per_s));
    scenario.load.closer = core::Closer::client;
    scenario.load.linger = 0s;
    EXPECT_EQ(predict(scenario).holding, Holding::by_reset);
    EXPECT_FALSE(predict(scenario).runs_out());
    scenario.load.linger = 1s;
    EXPECT_EQ(predict(scenario).holding, Holding::time_wait);
}

TEST(Prediction, EitherSidesResetsAndUnreadDataTakeNoPort) {
    const auto holding = [](auto change) {
        auto scenario = thousand_ports();
        change(scenario.load);
        return predict(scenario).holding;
    };
    EXPECT_EQ(holding([](scenario::Load& load) { load.close_unread = true; }), Holding::by_reset);
    EXPECT_EQ(holding([](scenario::Load& load) { load.passive_linger = 0s; }), Holding::by_reset);
    EXPECT_EQ(holding([](scenario::Load& load) { load.passive_linger = 1s; }), Holding::time_wait);
    EXPECT_EQ(holding([](scenario::Load& load) { load.half_close = true; }), Holding::time_wait);
}

TEST(Prediction, TwoClosersHoldTheClientsPortLikeOne) {
    auto scenario = thousand_ports();
    scenario.load.closer = core::Closer::both;
    EXPECT_EQ(predict(scenario).holding, Holding::time_wait);
    EXPECT_TRUE(predict(scenario).runs_out());
    scenario.host.max_time_wait = 1500;
    EXPECT_FALSE(predict(scenario).runs_out()) << "2,000 entries do not fit";
}

TEST(Prediction, ABoundPortIsReusedAtOnceOnlyWithReuseAddressAndTimestamps) {
    auto scenario = thousand_ports();
    scenario.host.port_choice = scenario::PortChoice::bound;
    scenario.host.destinations = 4;
    scenario.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(predict(scenario).holding, Holding::bound_port) << "tw_reuse is for connect() only";
    EXPECT_EQ(predict(scenario).capacity, 1000U);
    scenario.host.reuse_address = true;
    EXPECT_EQ(predict(scenario).holding, Holding::bound_reuse);
    EXPECT_EQ(predict(scenario).capacity, 4000U);
    EXPECT_FALSE(predict(scenario).runs_out());
    scenario.host.timestamps = false;
    EXPECT_EQ(predict(scenario).holding, Holding::time_wait);
    EXPECT_TRUE(predict(scenario).runs_out());
}

TEST(Prediction, BindToAnyPortHeedsReuseAddressOnlyWithAutobindReuse) {
    auto scenario = thousand_ports();
    scenario.host.bind_before_connect = scenario.host.reuse_address = true;
    EXPECT_EQ(predict(scenario).holding, Holding::bound_port);
    scenario.host.autobind_reuse = true;
    EXPECT_EQ(predict(scenario).holding, Holding::bound_reuse);
    scenario.host.reuse_address = false;
    EXPECT_EQ(predict(scenario).holding, Holding::bound_port);
}

TEST(Prediction, ABindWithoutPortLeavesEverythingToConnect) {
    auto scenario = thousand_ports();
    scenario.host.bind_before_connect = scenario.host.bind_address_no_port = true;
    scenario.host.destinations = 4;
    EXPECT_EQ(predict(scenario).holding, Holding::time_wait);
    EXPECT_EQ(predict(scenario).capacity, 4000U);
    scenario.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(predict(scenario).holding, Holding::reuse_delay);
}

TEST(Prediction, AWindowIsAllThereIs) {
    auto scenario = thousand_ports();
    scenario.host.port_window = core::PortRange{20500, 20749};
    scenario.host.reserved_ports = {{20000, 20549}};
    EXPECT_EQ(predict(scenario).capacity, 200U);
    EXPECT_NEAR(core::seconds(predict(scenario).exhaustion.value()), 0.25, 1e-9);
}

TEST(Prediction, HoldTimeAddsToTheResidence) {
    auto scenario = thousand_ports();
    scenario.load.hold = 5s;
    scenario.load.closer = core::Closer::server;
    EXPECT_EQ(predict(scenario).residence(), 5s);
    EXPECT_TRUE(predict(scenario).runs_out()) << "4,000 open connections do not fit";
}

TEST(Prediction, NobodyClosing) {
    auto scenario = thousand_ports();
    scenario.load.passive_closes = false;
    EXPECT_EQ(predict(scenario).holding, Holding::fin_wait_2);
    EXPECT_EQ(predict(scenario).residence(), 60s);
    scenario.load.closer = core::Closer::never;
    EXPECT_EQ(predict(scenario).holding, Holding::never_closed);
    EXPECT_NEAR(core::seconds(predict(scenario).exhaustion.value()), 1.25, 1e-9);
    EXPECT_DOUBLE_EQ(predict(scenario).pairs_wanted.value(), 3200);
}

TEST(Prediction, SlotsEndWhatIsNeverClosedBeforeMorePortsDo) {
    auto scenario = thousand_ports();
    scenario.load.closer = core::Closer::never;
    scenario.load.in_flight = 1000;
    EXPECT_FALSE(predict(scenario).runs_out());
    EXPECT_DOUBLE_EQ(predict(scenario).pairs_wanted.value(), 1000);
    scenario.load.in_flight = 1001;
    EXPECT_TRUE(predict(scenario).runs_out());
}

TEST(Prediction, SlotsLetOnlySoManyOpen) {
    auto scenario = thousand_ports();
    scenario.load.duration = 100s;
    scenario.load.hold = 5s;
    scenario.load.closer = core::Closer::server;
    scenario.load.in_flight = 50;
    EXPECT_DOUBLE_EQ(predict(scenario).slots_per_s.value(), 10);
    EXPECT_DOUBLE_EQ(predict(scenario).pairs_wanted.value(), 50);
    EXPECT_FALSE(predict(scenario).runs_out());
    scenario.load.duration = 2s;
    EXPECT_DOUBLE_EQ(predict(scenario).slots_per_s.value(), 25) << "none comes back within the run";
}

TEST(Prediction, SocketsThatNeverConnectLeaveFewerPorts) {
    auto scenario = thousand_ports();
    scenario.host.unconnected_ports = 900;
    EXPECT_EQ(predict(scenario).capacity, 100U);
    scenario.host.destinations = 4;
    EXPECT_EQ(predict(scenario).capacity, 400U) << "taken from each destination";
}

TEST(Prediction, AServerThatDoesNotAnswerExhaustsNothing) {
    auto scenario = thousand_ports();
    scenario.server.listens = false;
    EXPECT_FALSE(predict(scenario).answered || predict(scenario).runs_out());
    scenario.server.listens = true;
    scenario.server.accepts = false;
    EXPECT_FALSE(predict(scenario).answered || predict(scenario).runs_out());
}

TEST(Prediction, ALimitOnTimeWaitBelowThePortsKeepsThemFromRunningOut) {
    auto scenario = thousand_ports();
    scenario.host.max_time_wait = 500;
    EXPECT_FALSE(predict(scenario).runs_out());
}

TEST(Prediction, AClosedLoopHasNoOfferedRate) {
    auto scenario = thousand_ports();
    scenario.load.rate.reset();
    EXPECT_FALSE(predict(scenario).offered || predict(scenario).exhaustion);
    EXPECT_NEAR(predict(scenario).sustainable_per_s, 16.67, 0.01);
}

TEST(Prediction, TwReuseForLoopbackMeansLoopbackAddresses) {
    auto scenario = thousand_ports();
    scenario.host.tw_reuse = scenario::TwReuse::loopback;
    EXPECT_TRUE(reuse_is_effective(scenario));
    scenario.server.address = "::1";
    EXPECT_TRUE(reuse_is_effective(scenario));
    scenario.server.address = "fd00::1";
    EXPECT_FALSE(reuse_is_effective(scenario));
}

TEST(Prediction, BindBeforeConnectSharesOnePoolAmongDestinations) {
    auto scenario = thousand_ports();
    scenario.host.destinations = 4;
    EXPECT_EQ(predict(scenario).capacity, 4000U);
    scenario.host.bind_before_connect = true;
    EXPECT_EQ(predict(scenario).capacity, 1000U);
}

}  // namespace
}  // namespace portdrought::laws
