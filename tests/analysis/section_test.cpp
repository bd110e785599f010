#include "analysis/report/section.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/report/variant_cells.hpp"
#include "made_records.hpp"

namespace portdrought::report {
namespace {

using record::RunRecord;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

RunRecord variant(RunRecord record, const std::string& name, std::uint32_t repetition = 1) {
    record.scenario.variant = name;
    record.repetition = repetition;
    return record;
}

Section section(const std::vector<RunRecord>& records) {
    std::vector<ReportedRun> runs;
    for (const RunRecord& record : records) runs.push_back(reported(record, "runs/x.json"));
    return section_of(std::move(runs));
}

TEST(Standing, IsThatOfWhatHappened) {
    EXPECT_EQ(standing_of(made::exhausted()), Standing::bad);
    EXPECT_EQ(standing_of(made::fine()), Standing::good);
    EXPECT_EQ(standing_of(made::held_back()), Standing::good);
    EXPECT_EQ(standing_of(made::invalid()), Standing::invalid);
    EXPECT_EQ(standing_of(made::interrupted()), Standing::open) << "nothing went wrong before it was stopped";
    RunRecord stopped = made::exhausted();
    stopped.interrupted = true;
    EXPECT_EQ(standing_of(stopped), Standing::bad) << "what was seen before it was stopped is seen";
}

TEST(Standing, OfSeveralIsMixedOnlyOfGoodAndBad) {
    EXPECT_EQ(together(Standing::good, Standing::bad), Standing::mixed);
    EXPECT_EQ(together(Standing::mixed, Standing::good), Standing::mixed);
    EXPECT_EQ(together(Standing::good, Standing::invalid), Standing::good);
    EXPECT_EQ(together(Standing::open, Standing::bad), Standing::bad);
    EXPECT_EQ(together(Standing::open, Standing::invalid), Standing::invalid);
    EXPECT_EQ(together(Standing::open, Standing::open), Standing::open);
}

TEST(Section, OfOneRunSaysWhatTheRunSays) {
    const std::vector<RunRecord> records{made::exhausted()};
    const Section one = section(records);
    EXPECT_EQ(one.headline.standing, Standing::bad);
    EXPECT_EQ(one.headline.sentence, one.runs.front().summary.verdict.headline);
    ASSERT_EQ(one.lines.size(), 1U);
    EXPECT_THAT(one.lines.front().words, StartsWith(one.headline.sentence));
    EXPECT_FALSE(one.lines.front().decision) << "there is nothing it could be set against";
}

TEST(Section, NamesVariantsByTheirFate) {
    RunRecord slow = made::invalid();
    const std::vector<RunRecord> records{variant(made::exhausted(), "240 s"), variant(made::fine(), "60 s"),
                                         variant(made::fine(), "30 s"), variant(slow, "late")};
    const Section several = section(records);
    EXPECT_EQ(several.headline.standing, Standing::mixed);
    EXPECT_EQ(several.headline.sentence,
              "Ports ran out with '240 s'; they lasted with '60 s' and '30 s'; no run counts of 'late'.");
    ASSERT_EQ(several.lines.size(), 4U);
    EXPECT_EQ(several.lines[0].standing, Standing::bad);
    EXPECT_EQ(several.lines[1].standing, Standing::good);
    EXPECT_EQ(several.lines[3].standing, Standing::invalid);
}

TEST(Section, SaysInHowManyRunsOfAVariant) {
    const std::vector<RunRecord> records{variant(made::exhausted(), "a", 1), variant(made::exhausted(), "a", 2),
                                         variant(made::fine(), "a", 3)};
    const Section repeats = section(records);
    EXPECT_EQ(repeats.headline.sentence, "Ports ran out in 2 of 3 valid runs, after 119 s.");
    EXPECT_EQ(repeats.headline.standing, Standing::mixed);
}

TEST(Section, ANatWithoutPortsIsNoOtherReason) {
    const std::vector<RunRecord> twice{made::behind_nat(), made::behind_nat()};
    EXPECT_EQ(section(twice).headline.sentence, "The NAT ran out of ports in 2 of 2 valid runs.");
    std::vector<RunRecord> mixed{variant(made::behind_nat(), "static"), variant(made::fine(), "dynamic")};
    mixed[0].scenario.name = mixed[1].scenario.name;
    EXPECT_EQ(section(mixed).headline.sentence, "The NAT ran out of ports with 'static'; ports lasted with 'dynamic'.");
}

TEST(Section, OneScenarioWithoutAResultIsNotFine) {
    RunRecord other = made::invalid();
    other.scenario.name = "other";
    const std::vector<RunRecord> records{made::fine(), other};
    std::vector<ReportedRun> runs;
    for (const RunRecord& record : records) runs.push_back(reported(record, ""));
    const Headline all = headline_over(sections_of(std::move(runs)));
    EXPECT_EQ(all.standing, Standing::open);
    EXPECT_EQ(all.sentence, "1 of 2 scenarios without a failure, 1 without a result.");
}

TEST(Section, PortsThatLastAtThePriceOfDataAreNotFine) {
    const std::vector<RunRecord> records{variant(made::fine(), "30 s"), variant(made::with_linger(), "{1,0}")};
    const Section lossy = section(records);
    EXPECT_EQ(lossy.headline.standing, Standing::mixed);
    EXPECT_EQ(lossy.headline.sentence, "Ports lasted with both variants; data was lost with '{1,0}'.");
    EXPECT_EQ(lossy.lines[1].standing, Standing::mixed);
}

TEST(Section, AVariantWithoutAValidRunKeepsTheRestFromBeingFine) {
    const std::vector<RunRecord> records{variant(made::fine(), "30 s"), variant(made::invalid(), "60 s")};
    EXPECT_EQ(section(records).headline.standing, Standing::open);
}

TEST(Section, LinesSayWhichFigureGotWorse) {
    std::vector<RunRecord> records;
    for (std::uint32_t i = 1; i <= 9; ++i) {
        records.push_back(variant(made::fine(), "30 s", i));
        records.push_back(variant(made::with_linger(), "{1,0}", i));
    }
    EXPECT_THAT(section(records).lines[1].effect, HasSubstr("; resets worse: +"));
}

TEST(Section, OfManyVariantsNamesSome) {
    std::vector<RunRecord> records;
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) records.push_back(variant(made::fine(), name));
    records.push_back(variant(made::exhausted(), "g"));
    EXPECT_EQ(section(records).headline.sentence,
              "Ports ran out with 'g'; they lasted with 'a', 'b', 'c', 'd' and 2 more.");
    records.pop_back();
    EXPECT_EQ(section(records).headline.sentence, "Ports lasted with all 6 variants.");
}

TEST(Section, LinesHaveTheVerdictsOfTheComparison) {
    std::vector<RunRecord> records;
    for (std::uint32_t i = 1; i <= 4; ++i) {
        records.push_back(variant(made::exhausted(), "240 s", i));
        records.push_back(variant(made::fine(), "30 s", i));
    }
    const Section judged = section(records);
    EXPECT_FALSE(judged.lines[0].decision);
    ASSERT_TRUE(judged.lines[1].decision);
    EXPECT_EQ(*judged.lines[1].decision, compare::Decision::better);
    EXPECT_THAT(judged.lines[1].effect, StartsWith("better: +"));
    EXPECT_EQ(judged.lines[1].words, judged.comparison.variants[1].words);
    EXPECT_EQ(judged.lines[1].cost, judged.comparison.variants[1].safety->words);
}

TEST(Section, ARunThatIsNotValidSaysWhy) {
    const std::vector<RunRecord> records{made::invalid()};
    const Section invalid = section(records);
    EXPECT_EQ(invalid.headline.standing, Standing::invalid);
    EXPECT_EQ(invalid.headline.sentence, "The run is not valid: " + records.front().validity.notes.front());
}

TEST(Section, OfACheckSaysWhatFailedFirst) {
    const std::vector<RunRecord> records{made::exhausted()};
    Check check{"article", {}, {{&records.front(), "runs/a.json"}}, {}, {}, {}};
    expect::Judgement failed;
    failed.that = "outcomes.no_port_connect == 0";
    failed.verdict = expect::Verdict::fail;
    failed.measured = 12;
    failed.limit = 0;
    failed.run = 0;
    check.judgements = {failed, failed};
    check.judgements[1].verdict = expect::Verdict::pass;
    const Section checked = section_of(check);
    EXPECT_EQ(checked.headline.standing, Standing::bad);
    EXPECT_EQ(checked.headline.sentence, "1 of 2 expectations failed: outcomes.no_port_connect == 0: measured 12.");
    ASSERT_EQ(checked.runs.size(), 1U);
    check.judgements = {check.judgements[1]};
    EXPECT_EQ(section_of(check).headline.sentence, "The expectation holds.");
    EXPECT_EQ(section_of(check).headline.standing, Standing::good) << "a scenario may expect that ports run out";
}

TEST(Section, OfASweepNamesTheFirstPointThatFailed) {
    SweepTable sweep;
    sweep.header.axes = {{"load.rate", {"100/s", "200/s", "400/s"}}};
    sweep.header.scenario = {{"name", "s"}, {"title", "t"}, {"question", "q?"}};
    sweep.rows.resize(3);
    for (std::uint64_t point = 0; point < 3; ++point) sweep.rows[point].point = point;
    EXPECT_EQ(section_of(sweep).headline.sentence, "Ports lasted at every valid point, 3 of 3.");
    sweep.rows[1].time_to_first_failure_s = 7;
    sweep.rows[2].time_to_first_failure_s = 3;
    const Section mixed = section_of(sweep);
    EXPECT_EQ(mixed.headline.standing, Standing::mixed);
    EXPECT_EQ(mixed.headline.sentence, "Ports ran out at 2 of 3 valid points, the first of them at load.rate = 200/s.");
    EXPECT_EQ(mixed.question, "q?");
    for (record::SweepRow& row : sweep.rows) row.valid = false;
    EXPECT_EQ(section_of(sweep).headline.standing, Standing::invalid);
}

TEST(Section, NamesTheScenariosThatAreComparedWithEachOther) {
    RunRecord other = variant(made::exhausted(), "");
    other.scenario.name = "other";
    const std::vector<RunRecord> records{variant(made::fine(), "30 s"), other};
    EXPECT_EQ(section(records).headline.sentence, "Ports ran out with 'other'; they lasted with 'article, 30 s'.");
}

TEST(Section, ASectionForEachScenario) {
    RunRecord other = made::fine();
    other.scenario.name = "other";
    const std::vector<RunRecord> records{made::exhausted(), other, made::fine()};
    std::vector<ReportedRun> runs;
    for (const RunRecord& record : records) runs.push_back(reported(record, ""));
    const std::vector<Section> sections = sections_of(std::move(runs));
    ASSERT_EQ(sections.size(), 2U);
    EXPECT_EQ(sections[0].runs.size(), 2U);
    EXPECT_EQ(sections[1].scenario, "other");
    EXPECT_EQ(headline_over(sections).sentence, "1 of 2 scenarios without a failure.");
    EXPECT_EQ(headline_over(sections).standing, Standing::mixed);
}

TEST(VariantCells, HaveTheRangeWhereRepeatsDiffer) {
    compare::VariantResult result;
    result.runs = result.valid = 3;
    result.time_wait_peak = {3970, 3960, 3976, 3};
    result.ports_capacity = {3976, 3976, 3976, 3};
    result.first_failure_s = {119, 118, 120, 2};
    result.connect_p99_us = {24, 24, 24, 3};
    EXPECT_EQ(on_one_line(peak_cell(result)), "3,970 [3,960, 3,976] / 3,976");
    EXPECT_EQ(on_one_line(first_failure_cell(result)), "119 s [118, 120] (2 of 3 runs)");
    EXPECT_EQ(on_one_line(cell_of(result.connect_p99_us, format::latency)), "24 us");
    EXPECT_EQ(on_one_line(ok_cell(result)), "–");
    result.first_failure_s.reset();
    result.time_wait_peak_client = {0, 0, 0, 3};
    EXPECT_EQ(on_one_line(first_failure_cell(result)), "none");
    EXPECT_EQ(peak_cell(result).beside, ", server");
    result.valid = 0;
    EXPECT_EQ(on_one_line(first_failure_cell(result)), "–");
}

}  // namespace
}  // namespace portdrought::report
