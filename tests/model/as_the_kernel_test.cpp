// Rules that holding the model to the kernel brought to light (docs/validate.md), each by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "model/model_engine.hpp"

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;

/// 100 ports at 100/s for 2 s.
scenario::Scenario small() {
    scenario::Scenario scenario;
    scenario.name = "small";
    scenario.load.rate = core::Rate{100};
    scenario.load.duration = 2s;
    scenario.host.ports = {20000, 20099};
    scenario.lab.engine = scenario::Engine::model;
    scenario.lab.sample = 1ms;
    return scenario;
}

record::RunRecord played(const scenario::Scenario& scenario) {
    return ModelEngine{}.run(scenario, 1, engine::Observer{});
}

const record::Sample& sample_at(const record::RunRecord& record, double t_s) {
    return *std::ranges::lower_bound(record.samples, t_s, {}, &record::Sample::t_s);
}

TEST(AsTheKernel, AnUnansweredFinIsAcknowledgedLate) {
    scenario::Scenario scenario = small();
    scenario.load.passive_closes = false;
    const record::RunRecord record = played(scenario);
    const record::Sample& late = sample_at(record, 0.505);
    EXPECT_EQ(late.attempts, 51U);
    EXPECT_EQ(late.fin_wait_2, 47U) << "those of the last 40 ms are in FIN_WAIT_1";
}

TEST(AsTheKernel, SharedPortsAreTakenOverOnlyWhenNoneIsFree) {
    scenario::Scenario scenario = small();
    scenario.host.bind_before_connect = scenario.host.reuse_address = scenario.host.autobind_reuse = true;
    const record::RunRecord record = played(scenario);
    EXPECT_EQ(sample_at(record, 0.9951).time_wait, 100U) << "100 connections, each from a port of its own";
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 200U);
    EXPECT_EQ(record.totals.cost.ports_reused_early, 100U);
}

class SynsAgain : public testing::Test {
protected:
    /// How many SYNs are sent again within `timeout` where all are lost.
    static double each(scenario::Scenario scenario, core::Duration timeout) {
        scenario.load.timeout = timeout;
        scenario.load.duration = 100ms;
        scenario.server.drops_syn = 1;
        const record::RunRecord record = played(scenario);
        EXPECT_EQ(record.totals.outcomes[core::Outcome::timeout], record.totals.attempts);
        return static_cast<double>(record.totals.cost.connect_stalls.value_or(0)) /
               static_cast<double>(record.totals.attempts);
    }
};

TEST_F(SynsAgain, ComeOnceASecondFourTimesBeforeTheTimeDoubles) {
    EXPECT_EQ(each(small(), 2500ms), 2);  // after 1, 2 s
    EXPECT_EQ(each(small(), 6500ms), 5);  // after 1, 2, 3, 4, 5 s
    EXPECT_EQ(each(small(), 8500ms), 6);  // ... and 7 s
}

TEST_F(SynsAgain, DoubleAtOnceBeforeLinux65) {
    scenario::Scenario scenario = small();
    scenario.host.port_search = scenario::PortSearch::linux_5_18;
    EXPECT_EQ(each(scenario, 2500ms), 1);  // after 1 s
    EXPECT_EQ(each(scenario, 6500ms), 2);  // after 1, 3 s
    EXPECT_EQ(each(scenario, 8500ms), 3);  // ... and 7 s
}

}  // namespace
}  // namespace portdrought::model
