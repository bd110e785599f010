#include "analysis/agreement/determinism.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace portdrought::agreement {
namespace {

using namespace std::chrono_literals;
using scenario::Scenario;

/// 1,000 ports, 800/s for 4 s: the kernel's 60 s outlast it.
Scenario base() {
    Scenario scenario;
    scenario.load.rate = core::Rate{800};
    scenario.load.duration = 4s;
    scenario.host.ports = {20000, 20999};
    return scenario;
}

TEST(Determinism, IsThereWhereNothingEndsBeforeTheLoad) {
    Scenario scenario = base();
    EXPECT_TRUE(is_deterministic(scenario));
    scenario.load.duration = 59s;
    EXPECT_TRUE(is_deterministic(scenario));
}

TEST(Determinism, IsThereWherePortsRunOutBeforeTheyComeBack) {
    Scenario scenario = base();
    scenario.host.timed_wait_delay = 2s;
    EXPECT_TRUE(is_deterministic(scenario)) << "1,600 pairs wanted, 1,000 there";
    scenario.host.timed_wait_delay = 500ms;
    EXPECT_FALSE(is_deterministic(scenario)) << "400 or one more, by the moment of a removal";
}

struct Change {
    std::string name;
    std::function<void(Scenario&)> make;
};

class DeterminismEnds : public testing::TestWithParam<Change> {};

TEST_P(DeterminismEnds, WhereChanceHasAPart) {
    Scenario scenario = base();
    GetParam().make(scenario);
    EXPECT_FALSE(is_deterministic(scenario));
}

const std::vector<Change> changes{
    {"arrivals", [](Scenario& s) { s.load.arrivals = core::Arrivals::poisson; }},
    {"holds", [](Scenario& s) { s.load.hold_distribution = core::HoldDistribution::exponential; }},
    {"loop", [](Scenario& s) { s.load.rate.reset(); }},
    {"ports", [](Scenario& s) { s.host.port_choice = scenario::PortChoice::random; }},
    {"server", [](Scenario& s) { s.load.closer = core::Closer::server; }},
    {"reuse", [](Scenario& s) { s.host.tw_reuse = scenario::TwReuse::on; }},
    {"pool", [](Scenario& s) { s.load.pool_size = 4; }},
    {"drops", [](Scenario& s) { s.server.drops_syn = 0.1; }},
    {"accepts", [](Scenario& s) { s.server.accepts = false; }},
    {"delayed_acks", [](Scenario& s) { s.load.passive_closes = false; }},
    {"relay", [](Scenario& s) { s.server.kind = scenario::ServerKind::relay; }},
    {"descriptors", [](Scenario& s) { s.lab.descriptors = 256; }},
};

INSTANTIATE_TEST_SUITE_P(By, DeterminismEnds, testing::ValuesIn(changes),
                         [](const testing::TestParamInfo<Change>& change) { return change.param.name; });

TEST(Determinism, IsNotTouchedByReuseThatHasNothingToGoBy) {
    Scenario scenario = base();
    scenario.host.tw_reuse = scenario::TwReuse::on;
    scenario.host.timestamps = false;
    EXPECT_TRUE(is_deterministic(scenario));
}

}  // namespace
}  // namespace portdrought::agreement
