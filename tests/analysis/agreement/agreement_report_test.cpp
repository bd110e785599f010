#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/made_records.hpp"
#include "analysis/report/agreement_text.hpp"
#include "analysis/report/report_json.hpp"
#include "analysis/report/section.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::report {
namespace {

using agreement::Verdict;
using testing::HasSubstr;
using testing::Not;

class AgreementReport : public testing::Test {
protected:
    AgreementReport() : kernel_(made::exhausted()), model_(made::exhausted()) {
        model_.totals.time_wait_peak = 3975;
        model_.totals.cost.transfers_cut.reset();
    }

    Validated validated() const { return {&kernel_, "runs/a.json", agreement::compare(kernel_, {model_}), {}}; }

    record::RunRecord kernel_, model_;
};

TEST_F(AgreementReport, ShowsBothFiguresAndTheLimit) {
    const std::string text = render_text(validated(), {100, false, false});
    EXPECT_THAT(text, HasSubstr("differs   article, as explained\n"));
    EXPECT_THAT(text, testing::ContainsRegex("time_wait.peak +3,976 +3,975 +1 +equal +BEYOND\n"));
    EXPECT_THAT(text, testing::ContainsRegex("curve: TIME_WAIT +3,976 +3,9[0-9]+[^ ]*3,976 +none +39.8\n"));
    EXPECT_THAT(text, testing::ContainsRegex("connect_us.p50 +.* none\n"));
    EXPECT_THAT(text, HasSubstr("not compared: cost.transfers_cut: the model does not know it"));
    EXPECT_THAT(text, HasSubstr("record  runs/a.json\n"));
    EXPECT_THAT(text, Not(HasSubstr("outcomes.timeout"))) << "neither has any";
}

TEST_F(AgreementReport, SaysWhyNothingWasJudged) {
    const Validated not_modelled{&kernel_, "runs/a.json", agreement::not_modelled("No such thing here."), {}};
    const std::string text = render_text(not_modelled, {100, false, false});
    EXPECT_EQ(text, "not modelled   article, as explained\n  No such thing here.\n  record  runs/a.json\n");
}

TEST_F(AgreementReport, CountsInOneLine) {
    const Validated differs = validated(), not_modelled{&kernel_, "b", agreement::not_modelled("Why."), {}};
    Validated agrees = differs;
    agrees.agreement.verdict = Verdict::agrees;
    EXPECT_EQ(summary_line({agrees}), "1 of 1 run judged: all within their limits");
    EXPECT_EQ(summary_line({agrees, differs, not_modelled}), "2 of 3 runs judged: 1 beyond a limit; 1 not modelled");
    EXPECT_EQ(summary_line({not_modelled}), "0 of 1 run judged; 1 not modelled");
}

TEST_F(AgreementReport, HasEverythingAsJson) {
    Report report;
    report.sections.push_back(section_of(std::vector{validated()}));
    const auto tree = record::parse_json(report_json(report), "result");
    const record::JsonPlace root{tree, "result"};
    EXPECT_EQ(root.at("schema").text(), "portdrought.result/1");
    EXPECT_EQ(root.at("records").items().size(), 1U);
    EXPECT_FALSE(root.has("comparison"));
    const auto found = root.at("agreements").items().at(0);
    EXPECT_EQ(found.at("scenario").text(), "article");
    EXPECT_EQ(found.at("variant").text(), "as explained");
    EXPECT_EQ(found.at("record").text(), "runs/a.json");
    EXPECT_EQ(found.at("verdict").text(), "differs");
    EXPECT_TRUE(found.at("deterministic").truth());
    const auto figures = found.at("figures").items();
    const auto peak = std::ranges::find_if(
        figures, [](const record::JsonPlace& item) { return item.at("what").text() == "time_wait.peak"; });
    ASSERT_NE(peak, figures.end());
    EXPECT_EQ(peak->at("kernel").number(), 3976);
    EXPECT_EQ(peak->at("model_low").number(), 3975);
    EXPECT_EQ(peak->at("difference").number(), 1);
    EXPECT_EQ(peak->at("limit").number(), 0);
    EXPECT_FALSE(peak->at("within").truth());
}

}  // namespace
}  // namespace portdrought::report
