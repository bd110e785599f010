#include "analysis/agreement/curve.hpp"

#include <gtest/gtest.h>

namespace portdrought::agreement {
namespace {

using record::RunRecord;
using record::Sample;

std::optional<std::uint64_t> time_wait(const Sample& sample) { return sample.time_wait; }

/// Samples of a run that offers 100/s and keeps each for ever.
RunRecord rising(const std::vector<double>& times, double late_s = 0) {
    RunRecord record;
    record.totals.attempts = 1000;
    for (const double t : times) {
        Sample& sample = record.samples.emplace_back();
        sample.t_s = t;
        sample.attempts = static_cast<std::uint64_t>((t - late_s) * 100);
        sample.time_wait = sample.attempts;
    }
    return record;
}

TEST(Curve, IsStraightBetweenSamplesAndFlatBeyondThem) {
    const RunRecord record = rising({1, 2});
    const Curve curve(record.samples, time_wait);
    EXPECT_DOUBLE_EQ(curve.at(0), 0);
    EXPECT_DOUBLE_EQ(curve.at(0.5), 50) << "nothing was there when time began";
    EXPECT_DOUBLE_EQ(curve.at(1.25), 125);
    EXPECT_DOUBLE_EQ(curve.at(5), 200);
    EXPECT_DOUBLE_EQ(curve.at(-1), 0);
}

TEST(Curve, LeavesOutSamplesWithoutTheFigure) {
    RunRecord record = rising({1, 2, 3});
    record.samples[1].time_wait.reset();
    record.samples[1].attempts = 0;
    EXPECT_DOUBLE_EQ(Curve(record.samples, time_wait).at(2), 200);
    record.samples[0].time_wait = record.samples[2].time_wait = std::nullopt;
    EXPECT_TRUE(Curve(record.samples, time_wait).is_empty());
}

TEST(Curve, KnowsItsExtremesWithinATime) {
    RunRecord record = rising({1, 2, 3});
    record.samples[1].time_wait = 700;
    const Curve curve(record.samples, time_wait);
    EXPECT_DOUBLE_EQ(curve.between(1.5, 2.5).high, 700);
    EXPECT_DOUBLE_EQ(curve.between(1.5, 2.5).low, 400);
    EXPECT_DOUBLE_EQ(curve.between(1, 1).low, 100);
}

TEST(Curve, KnowsWhenItReachedAValue) {
    const RunRecord record = rising({1, 2});
    const Curve curve(record.samples, time_wait);
    EXPECT_DOUBLE_EQ(*curve.time_of(50), 0.5);
    EXPECT_DOUBLE_EQ(*curve.time_of(150), 1.5);
    EXPECT_FALSE(curve.time_of(201));
}

TEST(Distance, IsNoneForTheSameCourseAtOtherTimes) {
    const auto found = farthest(rising({0.25, 0.75, 1.5}), {rising({0.5, 1, 2})}, time_wait, 0);
    ASSERT_TRUE(found);
    EXPECT_DOUBLE_EQ(found->size(), 0);
}

TEST(Distance, IsTheLargestOfAllSamples) {
    RunRecord kernel = rising({0.5, 1, 1.5});
    kernel.samples[1].time_wait = 130;
    const auto found = farthest(kernel, {rising({0.5, 1, 2})}, time_wait, 0);
    ASSERT_TRUE(found);
    EXPECT_DOUBLE_EQ(found->size(), 30);
    EXPECT_DOUBLE_EQ(found->high, 100);
    EXPECT_DOUBLE_EQ(found->t_s, 1);
}

TEST(Distance, LeavesOutHowLateTheGeneratorWas) {
    const RunRecord model = rising({0.5, 1, 2}), late = rising({0.5, 1, 1.5}, 0.2);
    EXPECT_DOUBLE_EQ(farthest(late, {model}, time_wait, 0)->size(), 0);
    RunRecord too_few = late;
    too_few.samples[1].time_wait = 60;  // 80 were offered
    EXPECT_DOUBLE_EQ(farthest(too_few, {model}, time_wait, 0)->size(), 20);
}

TEST(Distance, IsNoneBetweenTwoRunsOfTheModel) {
    RunRecord kernel = rising({0.5, 1}), fast = rising({0.5, 1, 2});
    kernel.samples[1].time_wait = 150;
    for (Sample& sample : fast.samples) *sample.time_wait *= 2;
    const RunRecord slow = rising({0.5, 1, 2});
    EXPECT_DOUBLE_EQ(farthest(kernel, {slow, fast}, time_wait, 0)->size(), 0);
    EXPECT_DOUBLE_EQ(farthest(kernel, {slow, slow}, time_wait, 0)->size(), 50);
}

TEST(HighestSeen, IsWhatLookingAtTheSameTimesWouldHaveShown) {
    RunRecord model = rising({0.25, 0.5, 1, 2}), other = model;
    model.samples[1].time_wait = 700;  // between two looks
    for (Sample& sample : other.samples) sample.time_wait = 20;
    const RunRecord kernel = rising({0.25, 1});
    const auto seen = highest_seen(kernel, {model, other}, time_wait, time_wait);
    ASSERT_TRUE(seen);
    EXPECT_DOUBLE_EQ(seen->low, 20);
    EXPECT_DOUBLE_EQ(seen->high, 100);
}

TEST(Distance, LeavesOutPairsOfAttemptsThatWereLate) {
    RunRecord model = rising({0.5, 1, 2}), kernel = rising({0.5, 1});
    for (Sample& sample : model.samples) sample.time_wait = 50;  // full
    kernel.samples[1].time_wait = 42;
    kernel.samples[1].attempts = 95;
    EXPECT_DOUBLE_EQ(farthest(kernel, {model}, time_wait, 0)->size(), 3);
}

TEST(Distance, AllowsForAShiftOfTime) {
    RunRecord kernel = rising({0.5, 1});
    kernel.samples[1].time_wait = 102;
    const RunRecord model = rising({0.5, 1, 2});
    EXPECT_DOUBLE_EQ(farthest(kernel, {model}, time_wait, 0.02)->size(), 0);
    EXPECT_NEAR(farthest(kernel, {model}, time_wait, 0.015)->size(), 0.5, 1e-9);
}

TEST(Distance, IsAbsentWhereOneOfTheTwoNeverLooked) {
    RunRecord blind = rising({0.5, 1});
    for (Sample& sample : blind.samples) sample.time_wait.reset();
    EXPECT_FALSE(farthest(blind, {rising({0.5, 1})}, time_wait, 0));
    EXPECT_FALSE(farthest(rising({0.5, 1}), {blind}, time_wait, 0));
}

}  // namespace
}  // namespace portdrought::agreement
