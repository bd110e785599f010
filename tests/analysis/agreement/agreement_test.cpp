#include "analysis/agreement/agreement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "analysis/made_records.hpp"

namespace portdrought::agreement {
namespace {

using core::Outcome;
using record::RunRecord;
using testing::HasSubstr;

const Figure& figure(const Agreement& found, const std::string& what) {
    const auto at = std::ranges::find(found.figures, what, &Figure::what);
    if (at == found.figures.end()) throw std::runtime_error("no figure " + what);
    return *at;
}

std::vector<std::string> beyond(const Agreement& found) {
    std::vector<std::string> names;
    for (const Figure& each : found.figures)
        if (!each.within) names.push_back(each.what);
    return names;
}

/// The article's run as a kernel's record: 19,980 attempts on 3,976 ports, of which 12,000 and some find none.
RunRecord kernel() { return made::exhausted(); }

/// The same from a model, which knows neither lateness nor CPU.
RunRecord model() {
    RunRecord record = made::exhausted();
    record.engine = "model";
    record.model.emplace();
    record.totals.cost.transfers_cut.reset();
    record.start_lag = {};
    record.enforced.reset();
    return record;
}

TEST(Agreement, OfTwoEqualRunsIsComplete) {
    const Agreement found = compare(kernel(), {model()});
    EXPECT_EQ(found.verdict, Verdict::agrees);
    EXPECT_TRUE(found.is_deterministic);
    EXPECT_THAT(beyond(found), testing::IsEmpty());
    EXPECT_EQ(figure(found, "attempts").kernel, static_cast<double>(kernel().totals.attempts));
    EXPECT_EQ(figure(found, "attempts").limit, 0);
    EXPECT_EQ(figure(found, "curve: TIME_WAIT").difference, 0);
    EXPECT_EQ(figure(found, "time_wait.peak_client").limit, 0);
    EXPECT_FALSE(figure(found, "connect_us.p99").limit);
}

TEST(Agreement, EndsWithOneAttemptMore) {
    RunRecord other = model();
    ++other.totals.attempts;
    EXPECT_THAT(beyond(compare(kernel(), {other})), testing::ElementsAre("attempts"));
}

TEST(Agreement, AllowsEveryOutcomeAShareOfTheAttempts) {
    RunRecord other = model();
    const std::uint64_t share = other.totals.attempts / 100;
    other.totals.outcomes[Outcome::ok] -= share;
    other.totals.outcomes[Outcome::no_port_connect] += share;
    EXPECT_EQ(compare(kernel(), {other}).verdict, Verdict::agrees);
    other.totals.outcomes[Outcome::ok] -= 1;
    other.totals.outcomes[Outcome::no_port_connect] += 1;
    EXPECT_THAT(beyond(compare(kernel(), {other})),
                testing::UnorderedElementsAre("outcomes.ok", "outcomes.no_port_connect"));
    EXPECT_EQ(compare(kernel(), {other}, {0.02, 0.02, 0.02}).verdict, Verdict::agrees);
}

TEST(Agreement, HoldsTheFirstFailureToItsTime) {
    RunRecord other = model();
    *other.totals.time_to_first_failure_s *= 1.009;
    EXPECT_EQ(compare(kernel(), {other}).verdict, Verdict::agrees);
    *other.totals.time_to_first_failure_s *= 1.009;
    EXPECT_THAT(beyond(compare(kernel(), {other})), testing::ElementsAre("time_to_first_failure_s"));
}

TEST(Agreement, TakesNeverForEqualToNeverOnly) {
    RunRecord measured = made::fine(), other = made::fine();
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::agrees);
    EXPECT_TRUE(std::isinf(figure(compare(measured, {other}), "time_to_first_failure_s").model_low));
    other.totals.time_to_first_failure_s = 100;
    const Agreement found = compare(measured, {other});
    EXPECT_THAT(beyond(found), testing::ElementsAre("time_to_first_failure_s"));
    EXPECT_TRUE(std::isinf(figure(found, "time_to_first_failure_s").difference));
    EXPECT_EQ(compare(other, {measured}).verdict, Verdict::differs);
}

TEST(Agreement, HoldsEverySampleOfTheCurveToAShareOfTheCapacity) {
    RunRecord other = model();
    const auto middle = other.samples.begin() + static_cast<std::ptrdiff_t>(other.samples.size() / 2);
    const double at_s = middle->t_s;
    *middle->time_wait -= 39;  // of 3,976
    EXPECT_EQ(compare(kernel(), {other}).verdict, Verdict::agrees);
    *middle->time_wait -= 10;
    const Agreement found = compare(kernel(), {other});
    EXPECT_THAT(beyond(found), testing::ElementsAre("curve: TIME_WAIT"));
    EXPECT_NEAR(figure(found, "curve: TIME_WAIT").at_s.value_or(0), at_s, 7) << "a sample's distance";
}

TEST(Agreement, WantsPeaksToBeTheSameWhereChanceHasNoPart) {
    RunRecord measured = kernel(), other = model();
    *other.totals.time_wait_peak -= 1;
    EXPECT_THAT(beyond(compare(measured, {other})), testing::ElementsAre("time_wait.peak"));
    measured.scenario.load.arrivals = core::Arrivals::poisson;
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::agrees);
    for (record::Sample& sample : other.samples) *sample.time_wait -= std::min<std::uint64_t>(*sample.time_wait, 40);
    EXPECT_THAT(beyond(compare(measured, {other})), testing::Contains("time_wait.peak")) << "of 3,976";
}

TEST(Agreement, LetsTheKernelLieAnywhereBetweenRunsOfTheModel) {
    RunRecord low = model(), high = model();
    const std::uint64_t apart = low.totals.attempts / 10;
    low.totals.outcomes[Outcome::ok] -= apart;
    high.totals.outcomes[Outcome::ok] += apart;
    EXPECT_THAT(beyond(compare(kernel(), {low})), testing::ElementsAre("outcomes.ok"));
    EXPECT_EQ(compare(kernel(), {low, high}).verdict, Verdict::agrees);
    EXPECT_EQ(compare(kernel(), {low, high}).chances, 2U);
    EXPECT_THAT(beyond(compare(kernel(), {low, low})), testing::ElementsAre("outcomes.ok"));
}

TEST(Agreement, CountsAPairThatBothSidesHoldTwice) {
    RunRecord measured = kernel(), other = model();
    const auto middle = other.samples.begin() + static_cast<std::ptrdiff_t>(other.samples.size() / 2);
    *middle->time_wait -= 60;  // of 3,976
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::differs);
    measured.scenario.load.closer = core::Closer::both;
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::agrees);
}

TEST(Agreement, AllowsForThePairsOfTheLongestStall) {
    RunRecord measured = kernel();
    const auto middle = measured.samples.begin() + static_cast<std::ptrdiff_t>(measured.samples.size() / 2);
    *middle->time_wait -= 60;  // of 3,976
    EXPECT_EQ(compare(measured, {model()}).verdict, Verdict::differs);
    const scenario::Scenario& scenario = measured.scenario;
    const double real_rate = scenario.load.rate->per_second * scenario.lab.time_scale;
    measured.start_lag.add(core::from_seconds(30 / real_rate));  // 30 attempts at once
    EXPECT_EQ(compare(measured, {model()}).verdict, Verdict::agrees);
    *middle->time_wait += 120;  // pairs may be missing, not more than there are
    EXPECT_EQ(compare(measured, {model()}).verdict, Verdict::differs);
}

TEST(Agreement, AllowsForPairsThatAStallEndsLateWherePortsAreLeft) {
    RunRecord measured = kernel();
    measured.totals.ports_capacity *= 2;
    RunRecord other = model();
    other.totals.ports_capacity *= 2;
    const auto middle = measured.samples.begin() + static_cast<std::ptrdiff_t>(measured.samples.size() / 2);
    *middle->time_wait += 110;  // of 3,976, with 1 % of 7,952 allowed
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::differs);
    const scenario::Scenario& scenario = measured.scenario;
    const double real_rate = scenario.load.rate->per_second * scenario.lab.time_scale;
    measured.start_lag.add(core::from_seconds(40 / real_rate));  // 40 attempts at once
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::agrees);
    *middle->time_wait += 40;
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::differs);
}

TEST(Agreement, ListsWhatOnlyOneOfTheTwoKnows) {
    const Agreement found = compare(kernel(), {model()});
    std::vector<std::string> names;
    for (const Uncompared& item : found.not_compared) {
        names.push_back(item.what);
        EXPECT_NE(item.reason, "");
    }
    EXPECT_THAT(names, testing::IsSupersetOf({"cost.transfers_cut", "enforced.*", "start_lag_us.*", "cpu.*"}));
    EXPECT_THAT(names, testing::Not(testing::Contains("duplicates.*")));
}

TEST(Agreement, ComparesThePoolAndTheResets) {
    RunRecord measured = made::with_pool(), other = made::with_pool();
    EXPECT_EQ(compare(measured, {other}).verdict, Verdict::agrees);
    other.pool->closed_full += 200;  // of 19,980 attempts
    other.totals.cost.resets_seen_by_peer += 200;
    EXPECT_THAT(beyond(compare(measured, {other})),
                testing::UnorderedElementsAre("pool.closed_full", "cost.resets_seen_by_peer"));
}

TEST(Agreement, DoesNotJudgeWhatWasNotMeasured) {
    const Agreement found = compare(made::invalid(), {model()});
    EXPECT_EQ(found.verdict, Verdict::not_measured);
    EXPECT_THAT(found.reason, HasSubstr("could be started"));
    EXPECT_THAT(found.figures, testing::IsEmpty());
    EXPECT_EQ(compare(made::interrupted(), {model()}).verdict, Verdict::not_measured);
}

TEST(Agreement, DoesNotJudgeWhatTheModelCannotExpress) {
    RunRecord other = model();
    other.validity = {false, {"The model has no such thing."}};
    const Agreement found = compare(kernel(), {other});
    EXPECT_EQ(found.verdict, Verdict::not_modelled);
    EXPECT_EQ(found.reason, "The model has no such thing.");
    EXPECT_EQ(compare(kernel(), {model(), other}).verdict, Verdict::not_modelled) << "in any of its runs";
    RunRecord loop = kernel();
    loop.scenario.load.rate.reset();
    EXPECT_EQ(compare(loop, {model()}).verdict, Verdict::not_modelled);
}

TEST(Agreement, AllowsBatchesOnlyWhereTheKernelEndsTimeWaitByItself) {
    RunRecord measured = kernel();  // compressed 60 times, so is the time between two readings
    measured.enforced.reset();
    EXPECT_DOUBLE_EQ(compare(measured, {model()}).time_shift_s, 0.24);
    measured.scenario.host.timed_wait_delay.reset();
    measured.scenario.lab.time_scale = 1;
    EXPECT_DOUBLE_EQ(compare(measured, {model()}).time_shift_s, 2.052);
    measured.scenario.load.duration = std::chrono::seconds{30};
    EXPECT_DOUBLE_EQ(compare(measured, {model()}).time_shift_s, 0.004);
}

TEST(Agreement, AllowsForHowLateRemovalsWere) {
    const RunRecord measured = kernel();
    const double late_s = core::seconds(measured.enforced->lateness.quantile(0.99));
    ASSERT_GT(late_s, 0.004);
    EXPECT_DOUBLE_EQ(compare(measured, {model()}).time_shift_s, 60 * (0.004 + late_s));
}

TEST(OnModel, PlaysTheSameWithThatKernelsSearchAndCloserSamples) {
    RunRecord measured = kernel();
    measured.host.kernel = "6.1.0-13-amd64";
    const std::vector<scenario::Scenario> all = on_model(measured);
    ASSERT_EQ(all.size(), 1U) << "nothing in it is left to chance";
    const scenario::Scenario& played = all.front();
    EXPECT_EQ(played.lab.engine, scenario::Engine::model);
    EXPECT_EQ(played.host.port_search, scenario::PortSearch::linux_5_18);
    EXPECT_EQ(played.lab.sample, std::chrono::milliseconds{10}) << "10 s in 1,000 parts";
    scenario::Scenario expected = measured.scenario;
    expected.lab.engine = played.lab.engine;
    expected.lab.sample = played.lab.sample;
    expected.host.port_search = played.host.port_search;
    EXPECT_EQ(played, expected);
}

TEST(OnModel, PlaysSeveralTimesWhereChanceHasAPart) {
    RunRecord measured = kernel();
    measured.scenario.load.closer = core::Closer::server;
    const std::vector<scenario::Scenario> all = on_model(measured);
    ASSERT_EQ(all.size(), 100U);
    EXPECT_EQ(all.front().lab.seed, measured.scenario.lab.seed);
    EXPECT_EQ(all.back().lab.seed, measured.scenario.lab.seed + 99);
    measured.scenario.load.arrivals = core::Arrivals::poisson;
    EXPECT_EQ(on_model(measured).size(), 1U) << "another seed would offer other attempts";
}

TEST(OnModel, KnowsWhichReleaseBroughtWhichSearch) {
    using scenario::PortSearch;
    const auto search = [](const char* release) {
        RunRecord record = kernel();
        record.host.kernel = release;
        return on_model(record).front().host.port_search;
    };
    EXPECT_EQ(search("6.18.44-cloud"), PortSearch::linux_6_18);
    EXPECT_EQ(search("7.0.1"), PortSearch::linux_6_18);
    EXPECT_EQ(search("6.17.0"), PortSearch::linux_6_8);
    EXPECT_EQ(search("6.8.0-31-generic"), PortSearch::linux_6_8);
    EXPECT_EQ(search("5.15.0"), PortSearch::linux_5_12);
    EXPECT_EQ(search("5.10.0"), PortSearch::linux_4_6);
    EXPECT_EQ(search("4.5.7"), PortSearch::linux_4_2);
    EXPECT_EQ(search(""), PortSearch::linux_6_18) << "not known: what the model plays otherwise";
}

}  // namespace
}  // namespace portdrought::agreement
