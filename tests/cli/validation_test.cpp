#include "cli/validation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "analysis/made_records.hpp"

namespace portdrought::cli {
namespace {

using agreement::Verdict;

/// Answers with one and the same record, and keeps what it was asked.
class SameAnswer : public engine::Engine {
public:
    explicit SameAnswer(record::RunRecord answer) : answer_(std::move(answer)) {}

    record::RunRecord run(const scenario::Scenario& scenario, std::uint32_t, const engine::Observer&) override {
        asked.push_back(scenario);
        return answer_;
    }

    std::vector<scenario::Scenario> asked;

private:
    record::RunRecord answer_;
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
