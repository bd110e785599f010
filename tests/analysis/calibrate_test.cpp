// Records made by hand, with costs that are known: the fit finds them again.
#include <gmock/gmock.h>

#include "analysis/calibrate/fit.hpp"
#include "analysis/calibrate/series.hpp"
#include "analysis/report/costs_text.hpp"
#include "scenario/rules.hpp"

namespace portdrought::calibrate {
namespace {

using namespace std::chrono_literals;
using core::Costs;
using testing::HasSubstr;

constexpr std::uint64_t many_descriptors = 1'048'576;

record::RunRecord record_for(Aim aim) {
    record::RunRecord record;
    record.scenario = scenario_for(aim, {}, many_descriptors);
    return record;
}

void add(record::RunRecord& record, int count, core::Duration connect) {
    for (int i = 0; i < count; ++i) record.connect.add(connect);
    record.totals.connected += static_cast<std::uint64_t>(count);
}

double value_of(const Fit& fit) {
    EXPECT_EQ(fit.readings.size(), 1U) << fit.problem;
    return fit.readings.empty() ? 0 : static_cast<double>(fit.readings.front().value.count());
}

TEST(Fit, ReadsConnectAndConnectionFromThePlateau) {
    record::RunRecord record = record_for(Aim::plateau);
    add(record, 900, 24us);
    add(record, 100, 3ms);  // somebody else had the CPU
    record.cpu.workers_s = 0.107;
    const Fit found = fit(Aim::plateau, record, {});
    ASSERT_EQ(found.readings.size(), 2U) << found.problem;
    EXPECT_EQ(found.readings[0].cost, &Costs::connect);
    EXPECT_NEAR(core::seconds(found.readings[0].value), 24e-6, 0.5e-6);
    EXPECT_EQ(found.readings[1].cost, &Costs::connection);
    EXPECT_NEAR(core::seconds(found.readings[1].value), 107e-6, 1e-9);
}

TEST(Fit, ReadsAProbeFromTheMedianOfTheWalks) {
    Costs known;
    known.connect = 30us;
    for (const auto& [aim, half, probe] : {std::tuple{Aim::narrow_walk, 2'000, 150ns},
                                           {Aim::wide_walk, 14'116, 400ns},
                                           {Aim::open_walk, 14'116, 280ns}}) {
        record::RunRecord record = record_for(aim);
        add(record, half, 30us);
        add(record, 80, 30us + half * probe);
        add(record, 20, 30us + 5 * half * probe);
        EXPECT_NEAR(value_of(fit(aim, record, known)), static_cast<double>(probe.count()), 0.03 * 400);
    }
}

TEST(Fit, TakesWalksOffWhatAnAttemptInVainCosts) {
    record::RunRecord record = record_for(Aim::full);
    Costs known;
    known.connection = 100us;
    known.time_wait_probe_cached = 200ns;
    record.totals.connected = 20;
    record.totals.outcomes[core::Outcome::no_port_connect] = 10'000;
    record.cpu.workers_s = 20 * 100e-6 + 10'000 * (18e-6 + 20 * 200e-9);
    EXPECT_NEAR(value_of(fit(Aim::full, record, known)), 18'000, 2);
}

TEST(Fit, SaysWhyThereIsNothingToRead) {
    record::RunRecord record = record_for(Aim::wide_walk);
    add(record, 14'100, 25us);
    EXPECT_THAT(fit(Aim::wide_walk, record, {}).problem,
                HasSubstr("there were 0 connects past half of the ports, and 40 are the least"));
    add(record, 100, 25us);
    Costs slow;
    slow.connect = 40us;
    EXPECT_THAT(fit(Aim::wide_walk, record, slow).problem, HasSubstr("which cannot be"));
    record.validity = {false, {"too busy"}};
    EXPECT_EQ(fit(Aim::wide_walk, record, {}).problem, "too busy");
    record.interrupted = true;
    EXPECT_EQ(fit(Aim::wide_walk, record, {}).problem, "the run was stopped");
    EXPECT_TRUE(fit(Aim::wide_walk, record, {}).readings.empty());
}

TEST(Series, KnowsTheMedianAndTheSpread) {
    Series series;
    EXPECT_EQ(series.known(), Costs{});
    for (const core::Duration value : {300ns, 100ns, 260ns}) series.add({{{&Costs::live_probe, value}}, {}});
    Costs expected;
    expected.live_probe = 260ns;
    EXPECT_EQ(series.known(), expected);
    EXPECT_EQ(series.measured().back(), (record::MeasuredCost{260ns, 100ns, 300ns}));
    series.add({{{&Costs::live_probe, 280ns}}, {}});
    EXPECT_EQ(series.known().live_probe, 270ns);
}

TEST(CalibratingRuns, KeepTheRulesOfScenariosWhateverTheMachineAllows) {
    for (const std::uint64_t descriptors : {least_descriptors, std::uint64_t{20'000}, many_descriptors}) {
        for (const Aim aim : aims) {
            const auto mistakes = scenario::findings(scenario_for(aim, {}, descriptors), scenario::Limits{descriptors});
            EXPECT_TRUE(mistakes.empty()) << words_of(aim) << ": " << mistakes.front().text;
        }
    }
    EXPECT_EQ(scenario_for(Aim::open_walk, {}, many_descriptors).host.ports.size(), 28'232U);
    EXPECT_LT(scenario_for(Aim::open_walk, {}, 20'000).host.ports.size(), 28'232U);
}

TEST(CalibratingRuns, TakeLongerWhereConnectionsAreSlowerOrTimeWasShort) {
    Costs slow;
    slow.connection *= 4;
    for (const Aim aim : {Aim::narrow_walk, Aim::wide_walk, Aim::open_walk}) {
        EXPECT_EQ(scenario_for(aim, {}, many_descriptors, 2), scenario_for(aim, slow, many_descriptors));
        EXPECT_GT(scenario_for(aim, slow, many_descriptors).load.duration,
                  scenario_for(aim, {}, many_descriptors).load.duration);
    }
}

TEST(CostsText, ShowsEachCostBesideTheBuiltInOne) {
    record::MeasuredCosts costs{"2026-11-22T20:00:00Z", "6.18.0", "x86_64", 2, "0.1.0", 3, {}, 10'000};
    costs.all.fill({410ns, 395ns, 1'430ns});
    const std::string text = report::render_text(costs, {160, false, false});
    EXPECT_THAT(text, HasSubstr("Linux 6.18.0 x86_64, 2 CPUs, 3 runs of each kind"));
    EXPECT_THAT(text, testing::ContainsRegex("time_wait_probe +0.410 us +\\[0.395, 1.430\\] +0.370 us"));
    EXPECT_THAT(text, testing::ContainsRegex("connection +0.410 us .* 110.0 us"));
}

}  // namespace
}  // namespace portdrought::calibrate
