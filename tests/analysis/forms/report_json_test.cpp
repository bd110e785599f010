#include "analysis/report/report_json.hpp"

#include <gmock/gmock.h>

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

TEST(ReportJson, HasTheMembersOfEachCommand) {
    const auto names_of = [](const Report& report) {
        const auto tree = record::parse_json(report_json(report), "report");
        std::vector<std::string> names;
        for (const auto& [name, member] : record::JsonPlace{tree, "report"}.members()) names.emplace_back(name);
        return std::vector(names.begin() + 5, names.end());
    };
    EXPECT_THAT(names_of(made::four_times().report), testing::ElementsAre("records", "comparison"));
    EXPECT_THAT(names_of(made::checked().report),
                testing::ElementsAre("records", "expectations", "regressions", "notes"));
    EXPECT_THAT(names_of(made::searched().report), testing::ElementsAre("records", "knees"));
    EXPECT_THAT(names_of(made::validated().report), testing::ElementsAre("records", "agreements"));
}

}  // namespace
}  // namespace portdrought::report
