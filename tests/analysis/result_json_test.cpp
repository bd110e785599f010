#include "analysis/report/report_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/report/section.hpp"
#include "made_records.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::report {
namespace {

/// Of `run`: sections by scenario.
std::string result_of(const std::vector<record::RunRecord>& records) {
    std::vector<ReportedRun> runs;
    for (const record::RunRecord& record : records)
        runs.push_back(reported(record, "runs/" + std::to_string(runs.size() + 1) + ".json"));
    Report report;
    report.sections = sections_of(std::move(runs));
    return report_json(report);
}

TEST(ResultJson, HoldsRunsWithTheirTotals) {
    const auto tree = record::parse_json(result_of({made::invalid()}), "result");
    const record::JsonPlace root{tree, "result"};
    EXPECT_EQ(root.at("schema").text(), "portdrought.result/1");
    const auto run = root.at("records").items().at(0);
    EXPECT_EQ(run.at("scenario").text(), "article");
    EXPECT_EQ(run.at("variant").text(), "as explained");
    EXPECT_EQ(run.at("engine").text(), "kernel");
    EXPECT_EQ(run.at("repetition").whole(), 1U);
    EXPECT_FALSE(run.at("valid").truth());
    EXPECT_EQ(run.at("notes").items().size(), 1U);
    EXPECT_EQ(run.at("path").text(), "runs/1.json");
    EXPECT_EQ(run.at("totals").at("outcomes").at("no_port_connect").whole(), 8052U);
    EXPECT_EQ(run.at("totals").at("time_wait").at("peak").whole(), 3976U);
}

TEST(ResultJson, HoldsPoolAndRefusals) {
    const auto tree = record::parse_json(result_of({made::with_pool(), made::held_back()}), "result");
    const auto runs = record::JsonPlace{tree, "result"}.at("records").items();
    EXPECT_EQ(runs.at(0).at("pool").at("reused").whole(), 18'780U);
    EXPECT_EQ(runs.at(0).at("pool").at("closed_full").whole(), 1198U);
    EXPECT_FALSE(runs.at(1).has("pool"));
    EXPECT_EQ(runs.at(1).at("totals").at("outcomes").at("refused_locally").whole(), 10'380U);
}

TEST(ResultJson, HoldsTheComparisonOfOneScenario) {
    const auto tree = record::parse_json(result_of({made::exhausted(), made::fine()}), "result");
    const record::JsonPlace root{tree, "result"};
    const auto variants = root.at("comparison").at("variants").items();
    ASSERT_EQ(variants.size(), 2U);
    EXPECT_NEAR(variants[0].at("ok_share").at("median").number(), 0.597, 0.001);
    EXPECT_EQ(variants[0].at("failures").at("no_port_connect").at("max").whole(), 8052U);
    EXPECT_FALSE(variants[1].has("time_to_first_failure_s"));
}

TEST(ResultJson, HoldsNoComparisonOfSeveralScenarios) {
    record::RunRecord other = made::fine();
    other.scenario.name = "another";
    const auto tree = record::parse_json(result_of({made::exhausted(), other}), "result");
    const record::JsonPlace root{tree, "result"};
    EXPECT_EQ(root.at("sections").items().size(), 2U);
    EXPECT_FALSE(root.has("comparison"));
}

TEST(ResultJson, HoldsTheVerdictPerMetric) {
    std::vector<record::RunRecord> records;
    for (int i = 0; i < 9; ++i) {
        records.push_back(made::exhausted());
        records.push_back(made::with_linger());
    }
    const auto tree = record::parse_json(result_of(records), "result");
    const record::JsonPlace root{tree, "result"};
    const auto variants = root.at("comparison").at("variants").items();
    EXPECT_FALSE(variants.at(0).has("against_first"));
    const auto ok = variants.at(1).at("against_first").at("ok_share");
    EXPECT_EQ(ok.at("verdict").text(), "better");
    EXPECT_NEAR(ok.at("shift").number(), 0.403, 0.001);
    EXPECT_EQ(ok.at("interval").items().size(), 2U);
    EXPECT_LT(ok.at("p").number(), ok.at("p_holm").number());
    EXPECT_EQ(ok.at("a12").number(), 1);
    EXPECT_EQ(ok.at("n").items().at(0).whole(), 9U);
    EXPECT_EQ(variants.at(1).at("against_first").at("cost.bytes_lost").at("verdict").text(), "worse");
    EXPECT_EQ(variants.at(1).at("against_first").at("connect_us.p99").at("within").number(), 0);
    EXPECT_EQ(variants.at(1).at("safety").text().substr(0, 10), "loses data");
}

}  // namespace
}  // namespace portdrought::report
