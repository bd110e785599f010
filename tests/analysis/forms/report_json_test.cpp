#include "analysis/report/report_json.hpp"

#include <gtest/gtest.h>

#include "analysis/report/check_json.hpp"
#include "analysis/report/result_json.hpp"
#include "made_report.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::report {
namespace {

TEST(ReportJson, HasTheAnswerAndALinePerVariant) {
    const made::Reported made = made::four_times();
    const auto tree = record::parse_json(report_json(made.report), "report");
    const record::JsonPlace root{tree, "report"};
    EXPECT_EQ(root.at("schema").text(), "portdrought.result/1");
    EXPECT_EQ(root.at("command").text(), "portdrought compare article");
    EXPECT_EQ(root.at("headline").at("standing").text(), "mixed");
    const auto section = root.at("sections").items().at(0);
    const auto lines = section.at("lines").items();
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].at("standing").text(), "bad");
    EXPECT_FALSE(lines[0].has("decision"));
    EXPECT_EQ(lines[1].at("decision").text(), "cannot tell") << "three valid runs of the first variant";
    EXPECT_EQ(lines[1].at("caveats").items().at(0).text(), "compressed x60");
    EXPECT_EQ(root.at("records").items().size(), 12U);
}

/// The members of an object as they stand in the text: those of the command's own form must all be in the report's.
void expect_members_of(const std::string& own, const std::string& all) {
    const auto own_tree = record::parse_json(own, "own"), all_tree = record::parse_json(all, "all");
    for (const auto& [name, member] : record::JsonPlace{own_tree, "own"}.members())
        EXPECT_TRUE((record::JsonPlace{all_tree, "all"}.has(name))) << name;
}

TEST(ReportJson, KeepsTheMembersOfEachCommand) {
    const made::Reported compared = made::four_times(), checked = made::checked();
    expect_members_of(result_json({}, compared.report.sections[0].comparison), report_json(compared.report));
    expect_members_of(check_json({*checked.report.sections[0].check}), report_json(checked.report));
    const std::string own = check_json({*checked.report.sections[0].check}), all = report_json(checked.report);
    const std::string expectations = own.substr(own.find("  \"expectations\""));
    EXPECT_NE(all.find(expectations), std::string::npos) << "byte by byte";
}

}  // namespace
}  // namespace portdrought::report
