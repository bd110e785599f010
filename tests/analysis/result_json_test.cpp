#include "analysis/report/result_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_records.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::report {
namespace {

TEST(ResultJson, HoldsRunsWithTheirTotals) {
    const auto record = made::invalid();
    const auto tree = record::parse_json(result_json({{&record, "runs/a.json"}}), "result");
    const record::JsonPlace root{tree, "result"};
    EXPECT_EQ(root.at("schema").text(), "portdrought.result/1");
    const auto run = root.at("records").items().at(0);
    EXPECT_EQ(run.at("scenario").text(), "article");
    EXPECT_EQ(run.at("variant").text(), "as explained");
    EXPECT_EQ(run.at("engine").text(), "kernel");
    EXPECT_EQ(run.at("repetition").whole(), 1U);
    EXPECT_FALSE(run.at("valid").truth());
    EXPECT_EQ(run.at("notes").items().size(), 1U);
    EXPECT_EQ(run.at("path").text(), "runs/a.json");
    EXPECT_EQ(run.at("totals").at("outcomes").at("no_port_connect").whole(), 8052U);
    EXPECT_EQ(run.at("totals").at("time_wait").at("peak").whole(), 3976U);
    EXPECT_FALSE(root.has("comparison"));
}

TEST(ResultJson, HoldsPoolAndRefusals) {
    const auto pooled = made::with_pool(), held_back = made::held_back();
    const auto tree = record::parse_json(result_json({{&pooled, {}}, {&held_back, {}}}), "result");
    const auto runs = record::JsonPlace{tree, "result"}.at("records").items();
    EXPECT_EQ(runs.at(0).at("pool").at("reused").whole(), 18'780U);
    EXPECT_EQ(runs.at(0).at("pool").at("closed_full").whole(), 1198U);
    EXPECT_FALSE(runs.at(1).has("pool"));
    EXPECT_EQ(runs.at(1).at("totals").at("outcomes").at("refused_locally").whole(), 10'380U);
}

TEST(ResultJson, HoldsTheComparisonWhereThereIsOne) {
    const auto first = made::exhausted(), second = made::fine();
    const auto text = result_json({{&first, {}}, {&second, {}}}, compare::compare({first, second}));
    const auto tree = record::parse_json(text, "result");
    const record::JsonPlace root{tree, "result"};
    EXPECT_FALSE(root.at("records").items().at(0).has("path"));
    const auto variants = root.at("comparison").at("variants").items();
    ASSERT_EQ(variants.size(), 2U);
    EXPECT_NEAR(variants[0].at("ok_share").at("median").number(), 0.597, 0.001);
    EXPECT_EQ(variants[0].at("failures").at("no_port_connect").at("max").whole(), 8052U);
    EXPECT_FALSE(variants[1].has("time_to_first_failure_s"));
}

TEST(ResultJson, HoldsTheVerdictPerMetric) {
    std::vector<record::RunRecord> records;
    for (int i = 0; i < 9; ++i) {
        records.push_back(made::exhausted());
        records.push_back(made::with_linger());
    }
    const auto tree = record::parse_json(result_json({}, compare::compare(records)), "result");
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
