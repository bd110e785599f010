#include "analysis/compare/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_records.hpp"

namespace portdrought::compare {
namespace {

using core::Outcome;
using record::RunRecord;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

RunRecord run(const std::string& variant, std::uint64_t ok, std::uint64_t no_port = 0) {
    RunRecord record;
    record.scenario.variant = variant;
    record.totals.attempts = ok + no_port;
    record.totals.outcomes[Outcome::ok] = ok;
    record.totals.outcomes[Outcome::no_port_connect] = no_port;
    if (no_port > 0) record.totals.time_to_first_failure_s = 2;
    return record;
}

TEST(Comparison, KeepsVariantsInOrderOfFirstAppearance) {
    const Comparison comparison = compare({run("z", 1), run("a", 1), run("z", 1), run("m", 1)});
    ASSERT_EQ(comparison.variants.size(), 3U);
    EXPECT_EQ(comparison.variants[0].variant, "z");
    EXPECT_EQ(comparison.variants[1].variant, "a");
    EXPECT_EQ(comparison.variants[2].variant, "m");
    EXPECT_EQ(comparison.repeats, 2U);
    EXPECT_EQ(comparison.runs, 4U);
}

TEST(Comparison, TakesMedianAndRangeOverRepeats) {
    const auto odd = spread_of({3, 1, 9}), even = spread_of({4, 1, 2, 9});
    EXPECT_EQ(odd->median, 3);
    EXPECT_EQ(odd->least, 1);
    EXPECT_EQ(odd->most, 9);
    EXPECT_EQ(even->median, 3);
    EXPECT_FALSE(spread_of({}));
    const Comparison comparison = compare({run("a", 50, 50), run("a", 60, 40), run("a", 90, 10)});
    EXPECT_DOUBLE_EQ(comparison.variants[0].ok_share->median, 0.6);
    EXPECT_DOUBLE_EQ(comparison.variants[0].ok_share->least, 0.5);
    EXPECT_DOUBLE_EQ(comparison.variants[0].ok_share->most, 0.9);
}

TEST(Comparison, LeavesRunsThatDoNotCountOutOfTheFigures) {
    RunRecord invalid = run("a", 0, 100), stopped = run("a", 10, 90);
    invalid.validity.valid = false;
    stopped.interrupted = true;
    const Comparison comparison = compare({run("a", 100), invalid, stopped});
    EXPECT_DOUBLE_EQ(comparison.variants[0].ok_share->least, 1);
    EXPECT_EQ(comparison.variants[0].valid, 1U);
    EXPECT_EQ(comparison.variants[0].runs, 3U);
    ASSERT_EQ(comparison.notes.size(), 1U);
    EXPECT_THAT(comparison.notes[0],
                AllOf(HasSubstr("2 of 3 runs left out"), HasSubstr("1 not valid"), HasSubstr("1 interrupted")));
}

TEST(Comparison, AVariantWithoutAValidRunHasNoFigures) {
    RunRecord invalid = run("a", 100);
    invalid.validity.valid = false;
    const Comparison comparison = compare({invalid});
    EXPECT_FALSE(comparison.variants[0].ok_share);
    EXPECT_EQ(comparison.variants[0].words, "no run that counts.");
}

TEST(Comparison, ListsEveryFailureForEveryVariant) {
    const Comparison comparison = compare({run("a", 100), run("b", 50, 50)});
    ASSERT_EQ(comparison.variants[0].failures.size(), 1U);
    EXPECT_EQ(comparison.variants[0].failures[0].second.most, 0);
    EXPECT_EQ(comparison.variants[1].failures[0].second.most, 50);
}

TEST(Comparison, FirstFailureSaysInHowManyRuns) {
    const Comparison comparison = compare({run("a", 50, 50), run("a", 100), run("a", 100)});
    EXPECT_EQ(comparison.variants[0].first_failure_s->runs, 1U);
    EXPECT_THAT(comparison.variants[0].words, HasSubstr("in 1 of 3 runs"));
}

TEST(Comparison, SaysInWordsWhatEachVariantDid) {
    scenario::Scenario shorter = made::article();
    shorter.variant = "120 s";
    shorter.load.rate = core::Rate{30};
    shorter.host.timed_wait_delay = std::chrono::seconds{120};
    const Comparison comparison =
        compare({made::exhausted(), made::play(shorter), made::with_linger(), made::server_closes()});
    EXPECT_THAT(comparison.variants[0].words, HasSubstr("runs out of ports after 119 s: 33.3/s x 240 s = 7,992 pairs"));
    EXPECT_THAT(comparison.variants[1].words,
                HasSubstr("120 s is enough at this rate: it lasts to 33.1/s (3,976 ports / 120 s)"));
    EXPECT_THAT(comparison.variants[2].words,
                HasSubstr("leaves no TIME_WAIT, at the price of 19,980 resets, 5.32 MB lost in 1,204 transfers"));
    EXPECT_THAT(comparison.variants[3].words, HasSubstr("on the server's side"));
    for (const VariantResult& variant : comparison.variants) EXPECT_THAT(variant.words, Not(HasSubstr("better")));
}

TEST(Comparison, DoesNotClaimThatNothingWasLostWhereNobodyCounted) {
    RunRecord known = made::with_linger(), unknown = made::with_linger();
    known.totals.cost.transfers_cut = known.totals.cost.bytes_lost = 0;
    unknown.totals.cost.transfers_cut.reset();
    unknown.totals.cost.bytes_lost.reset();
    EXPECT_THAT(compare({known}).variants[0].words, HasSubstr("at the price of 19,980 resets, no bytes lost"));
    EXPECT_THAT(compare({unknown}).variants[0].words,
                HasSubstr("at the price of 19,980 resets; what was lost is not known"));
    EXPECT_THAT(compare({known, unknown}).variants[0].words, HasSubstr("what was lost is not known"));
}

TEST(Comparison, SaysWhereRangesOverlap) {
    const Comparison comparison = compare({run("a", 50, 50), run("a", 60, 40), run("b", 55, 45), run("b", 70, 30)});
    EXPECT_THAT(comparison.variants[1].words, HasSubstr("the ranges overlap"));
}

TEST(Comparison, KeepsScenariosAndTimeScalesApart) {
    RunRecord other = run("a", 100);
    other.scenario.name = "other";
    other.scenario.lab.time_scale = 4;
    const Comparison comparison = compare({run("a", 50, 50), other});
    ASSERT_EQ(comparison.variants.size(), 2U);
    EXPECT_EQ(comparison.variants[1].variant, "other, a");
    EXPECT_EQ(comparison.scenario, "several scenarios");
    EXPECT_EQ(comparison.engine, "kernel engine, compressed up to x4");
    RunRecord slower = run("a", 100);
    slower.scenario.lab.time_scale = 20;
    EXPECT_EQ(compare({slower, other}).engine, "kernel engine, compressed x4 to x20");
    slower.engine = "model";
    EXPECT_EQ(compare({slower, other}).engine, "different engines");
}

TEST(Comparison, OfNothingIsEmpty) { EXPECT_TRUE(compare(std::vector<RunRecord>{}).variants.empty()); }

}  // namespace
}  // namespace portdrought::compare
