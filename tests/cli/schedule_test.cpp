#include "cli/schedule.hpp"

#include <gmock/gmock.h>

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

std::vector<scenario::Scenario> two_variants() {
    std::vector<scenario::Scenario> variants(2);
    variants[0].load.duration = 40s;
    variants[0].lab.time_scale = 10;  // 4 s
    variants[1].load.duration = 2s;
    return variants;
}

TEST(PlannedRuns, InterleaveTheVariants) {
    const auto variants = two_variants();
    const auto runs = planned_runs(variants, 2);
    ASSERT_EQ(runs.size(), 4);
    EXPECT_EQ(*runs[1].scenario, variants[1]);
    EXPECT_EQ(runs[1].repetition, 1);
    EXPECT_EQ(*runs[2].scenario, variants[0]) << "on the kernel a repeat is the same scenario";
    EXPECT_EQ(runs[2].repetition, 2);
}

TEST(PlannedRuns, CountTheSeedUpOnTheModelWhereTheSameSeedIsTheSameRun) {
    auto variants = two_variants();
    variants[0].lab.engine = variants[1].lab.engine = scenario::Engine::model;
    variants[1].lab.seed = INT64_MAX;
    const auto runs = planned_runs(variants, 2);
    EXPECT_EQ(runs[0].scenario->lab.seed, 1U);
    EXPECT_EQ(runs[2].scenario->lab.seed, 2U);
    EXPECT_EQ(runs[1].scenario->lab.seed, INT64_MAX);
    EXPECT_EQ(runs[3].scenario->lab.seed, 0U);
}

TEST(TimeLeft, IsTheLoadsInRealTimeToBeginWith) {
    const auto variants = two_variants();
    const TimeLeft left(planned_runs(variants, 3));
    EXPECT_EQ(left.left(0s, 0), 18s);
    EXPECT_EQ(left.left(1s, 0), 17s);
}

TEST(TimeLeft, LearnsWhatARunTakesBesidesItsLoad) {
    const auto variants = two_variants();
    TimeLeft left(planned_runs(variants, 2));
    left.ended(4500ms);  // half a second besides
    EXPECT_EQ(left.left(0s, 0), 2s + 4s + 2s + 3 * 500ms);
    left.ended(2s);  // a quarter of a second on average
    EXPECT_EQ(left.left(1s, 0), 4s + 2s + 2 * 250ms - 1s);
}

TEST(TimeLeft, OfTheModelFollowsWhatIsPlayedAndThenWhatRunsTook) {
    auto variants = two_variants();
    variants[0].lab.engine = variants[1].lab.engine = scenario::Engine::model;
    TimeLeft left(planned_runs(variants, 2));
    EXPECT_EQ(left.left(1s, 0), std::nullopt) << "nothing is known yet";
    EXPECT_EQ(left.left(1s, 0.25), 3s + 3 * 4s);
    left.ended(2s);
    EXPECT_EQ(left.left(1s, 0.1), 3 * 2s - 1s);
}

TEST(TimeLeft, IsNeverNegativeAndNothingAfterTheLastRun) {
    const auto variants = two_variants();
    TimeLeft left(planned_runs(variants, 1));
    left.ended(4s);
    EXPECT_EQ(left.left(5s, 0), 0s);
    left.ended(2s);
    EXPECT_EQ(left.left(0s, 0), 0s);
}

}  // namespace
}  // namespace portdrought::cli
