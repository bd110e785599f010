#include "analysis/html/summary_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/made_records.hpp"
#include "analysis/report/section.hpp"

namespace portdrought::html {
namespace {

using record::RunRecord;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string table(const std::vector<RunRecord>& records) {
    std::vector<report::ReportedRun> runs;
    for (const RunRecord& record : records) runs.push_back(report::reported(record, "runs/x.json"));
    return summary_table(report::section_of(std::move(runs)), 0);
}

TEST(SummaryTable, DrawsTheRunAndTheScaleOfTheTerminal) {
    RunRecord cut = made::fine();
    cut.interrupted = true;
    cut.totals.time_wait_peak = 1;
    EXPECT_THAT(table({cut, made::fine()}),
                AllOf(HasSubstr("at most 999; 3,976 = every port."), Not(HasSubstr("= the peak"))));
    EXPECT_THAT(table({cut}), Not(HasSubstr("<svg"))) << "no run counts";
}

TEST(SummaryTable, TakesAnyNumbersOfARecord) {
    RunRecord record = made::exhausted();
    record.totals.ports_capacity = ~0ULL;
    EXPECT_THAT(table({record}), HasSubstr("of 9,223,372,036,854,775,808 ports"));
}

}  // namespace
}  // namespace portdrought::html
