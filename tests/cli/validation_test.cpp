#include "cli/validation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <vector>

#include "analysis/made_records.hpp"

namespace portdrought::cli {
namespace {

using agreement::Verdict;

/// Answers with one and the same record, or from some run on with another, and keeps what it was asked.
class SameAnswer : public engine::Engine {
public:
    explicit SameAnswer(record::RunRecord answer) : answer_(std::move(answer)) {}
    SameAnswer(record::RunRecord answer, std::size_t times, record::RunRecord afterwards)
        : answer_(std::move(answer)), afterwards_(std::move(afterwards)), times_(times) {}

    record::RunRecord run(const scenario::Scenario& scenario, std::uint32_t, const engine::Observer&) override {
        asked.push_back(scenario);
        return asked.size() <= times_ ? answer_ : afterwards_;
    }

    std::vector<scenario::Scenario> asked;

private:
    record::RunRecord answer_, afterwards_;
    std::size_t times_ = std::numeric_limits<std::size_t>::max();
};

TEST(Validation, PlaysTheScenarioOfTheRecordOnTheModel) {
    SameAnswer model(made::exhausted());
    const engine::Observer observer;
    EXPECT_EQ(Validation(model, observer, {}).of(made::exhausted()).verdict, Verdict::agrees);
    ASSERT_EQ(model.asked.size(), 1U);
    EXPECT_EQ(model.asked.front().lab.engine, scenario::Engine::model);
    EXPECT_EQ(model.asked.front().load, made::article().load);
}

TEST(Validation, HoldsItToTheLimits) {
    record::RunRecord other = made::exhausted();
    *other.totals.time_to_first_failure_s *= 1.02;
    SameAnswer model(other);
    const engine::Observer observer;
    EXPECT_EQ(Validation(model, observer, {}).of(made::exhausted()).verdict, Verdict::differs);
    EXPECT_EQ(Validation(model, observer, {0.01, 0.03, 0.01}).of(made::exhausted()).verdict, Verdict::agrees);
}

TEST(Validation, GivesChanceItsTurns) {
    SameAnswer model(made::server_closes());
    const engine::Observer observer;
    EXPECT_EQ(Validation(model, observer, {}).of(made::server_closes()).verdict, Verdict::agrees);
    EXPECT_EQ(model.asked.size(), 100U);
}

TEST(Validation, AsksNoFurtherWhereTheModelKnowsNothing) {
    record::RunRecord unknown = made::server_closes();
    unknown.validity = {false, {"The model has no such thing."}};
    SameAnswer model(unknown);
    const engine::Observer observer;
    const agreement::Agreement found = Validation(model, observer, {}).of(made::server_closes());
    EXPECT_EQ(found.verdict, Verdict::not_modelled);
    EXPECT_EQ(found.reason, "The model has no such thing.");
    EXPECT_EQ(model.asked.size(), 1U);
}

TEST(Validation, DoesNotJudgeByARunThatWasCutShort) {
    record::RunRecord cut = made::server_closes();
    cut.interrupted = true;
    cut.totals.attempts = 0;
    constexpr std::size_t whole = 39;
    SameAnswer model(made::server_closes(), whole, cut);
    const engine::Observer observer;
    const agreement::Agreement found = Validation(model, observer, {}).of(made::server_closes());
    EXPECT_EQ(found.verdict, Verdict::not_modelled);
    EXPECT_EQ(found.reason, "the model's run was interrupted");
    EXPECT_EQ(model.asked.size(), whole + 1);
}

TEST(Validation, AsksNothingWhereTheKernelMeasuredNothing) {
    SameAnswer model(made::server_closes());
    const engine::Observer observer;
    record::RunRecord kernel = made::server_closes();
    kernel.validity = {false, {"The machine was busy."}};
    EXPECT_EQ(Validation(model, observer, {}).of(kernel).verdict, Verdict::not_measured);
    EXPECT_EQ(Validation(model, observer, {}).of(made::interrupted()).verdict, Verdict::not_measured);
    EXPECT_TRUE(model.asked.empty());
}

TEST(Validation, DoesNotPlayATraceThatTheRecordOnlyNames) {
    SameAnswer model(made::exhausted());
    const engine::Observer observer;
    record::RunRecord kernel = made::exhausted();
    kernel.scenario.load.arrivals = core::Arrivals::trace;
    kernel.scenario.load.trace = "orders.csv";
    const agreement::Agreement found = Validation(model, observer, {}).of(kernel);
    EXPECT_EQ(found.verdict, Verdict::not_modelled);
    EXPECT_THAT(found.reason, testing::HasSubstr("names its trace, \"orders.csv\", but does not hold it"));
    EXPECT_TRUE(model.asked.empty());
    const core::Trace::Row all{core::Instant{0}, kernel.totals.attempts};
    kernel.scenario.load.trace_rows.shared =
        std::make_shared<core::Trace>(core::Trace{{all}, kernel.scenario.load.duration});
    EXPECT_EQ(Validation(model, observer, {}).of(kernel).verdict, Verdict::agrees);
    ASSERT_EQ(model.asked.size(), 1U);
    EXPECT_EQ(model.asked.front().load.trace_rows.shared, kernel.scenario.load.trace_rows.shared);
}

TEST(Validation, DoesNotAskForWhatBreaksTheModelsRules) {
    SameAnswer model(made::exhausted());
    record::RunRecord kernel = made::exhausted();
    kernel.scenario.host.destinations = 60'000;  // above the server's port there are not so many
    const engine::Observer observer;
    const agreement::Agreement found = Validation(model, observer, {}).of(kernel);
    EXPECT_EQ(found.verdict, Verdict::not_modelled);
    EXPECT_THAT(found.reason, testing::HasSubstr("60000 destinations"));
    EXPECT_TRUE(model.asked.empty());
}

}  // namespace
}  // namespace portdrought::cli
