// What check says in each of its forms, whole, and what hostile scenarios and records cannot do to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/expect/parser.hpp"
#include "analysis/report/annotations.hpp"
#include "analysis/report/check_text.hpp"
#include "analysis/report/junit_suite.hpp"
#include "analysis/report/junit_xml.hpp"
#include "analysis/report/report_json.hpp"
#include "analysis/report/section.hpp"
#include "golden.hpp"
#include "made_records.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::report {
namespace {

using record::RunRecord;
using testing::HasSubstr;
using testing::Not;

struct Made {
    std::vector<RunRecord> records{made::exhausted(), made::fine(), made::invalid()};
    Check check;
};

expect::Expectation expectation(const std::string& that, const std::string& variant, std::uint32_t line) {
    expect::Parsed parsed = expect::parse(that);
    EXPECT_TRUE(parsed.expectation) << parsed.fault;
    parsed.expectation->variant = variant;
    parsed.expectation->at = {"scenarios/article.toml", line, 8};
    return *parsed.expectation;
}

/// Two expectations fail for one run, one holds, one meets a run that is not valid, one was left out.
Made made_check() {
    Made made;
    made.records[2].scenario.variant = "too fast";
    made.check.scenario = "article";
    made.check.file = "scenarios/article.toml";
    for (std::size_t i = 0; i < made.records.size(); ++i)
        made.check.runs.push_back({&made.records[i], "runs/article-" + std::to_string(i + 1) + ".json"});
    made.check.judgements =
        expect::judge({expectation("outcomes.no_port_connect == 0", "", 20),
                       expectation("time_to_exhaustion >= 200s", "as explained", 22),
                       expectation("ok_share of '30 s' >= 1.5 * ok_share of 'as explained'", "", 24)},
                      {"as explained", "30 s", "too fast"}, made.check.runs);
    made.check.left_out = {"not judged: outcomes.ok of 'x' > 5 needs the variant \"x\", which --variant leaves out"};
    made.check.regressions.emplace();
    made.check.regressions->compared = 31;
    made.check.regressions->found.push_back(
        {"30 s", "connect_us.p99", metrics::Unit::microseconds, metrics::Better::lower, 24, 110, 4, 3});
    made.check.regressions->notes = {"\"too fast\": no earlier run to compare with."};
    return made;
}

TEST(CheckGolden, ShowsExpectationsAsText) {
    const Made made = made_check();
    made::expect_golden("check.txt", render_text(made.check, {.width = 80}) + '\n' + summary_line({made.check}) + '\n');
    made::expect_golden("check-120.txt", render_text(made.check, {.width = 120}));
}

TEST(CheckGolden, WritesJUnitXml) {
    const Made made = made_check();
    made::expect_golden("check.xml", junit_xml({made.check}));
}

TEST(CheckGolden, WritesAnnotations) {
    const Made made = made_check();
    made::expect_golden("check-github.txt", annotations({made.check}));
}

std::string check_json(const Check& check) {
    Report report;
    report.sections.push_back(section_of(check));
    return report_json(report);
}

TEST(Check, IsOneJsonObject) {
    const Made made = made_check();
    const auto tree = record::parse_json(check_json(made.check), "check");
    const record::JsonPlace root{tree, "check"};
    EXPECT_EQ(root.at("schema").text(), "portdrought.result/1");
    EXPECT_EQ(root.at("records").items().size(), 3U);
    const auto expectations = root.at("expectations").items();
    ASSERT_EQ(expectations.size(), 5U);
    EXPECT_EQ(expectations[0].at("that").text(), "outcomes.no_port_connect == 0");
    EXPECT_EQ(expectations[0].at("variant").text(), "as explained");
    EXPECT_EQ(expectations[0].at("verdict").text(), "fail");
    EXPECT_EQ(expectations[0].at("measured").whole(), 8052U);
    EXPECT_EQ(expectations[0].at("limit").whole(), 0U);
    EXPECT_EQ(expectations[0].at("margin").integer(), -8052);
    EXPECT_EQ(expectations[0].at("record").text(), "runs/article-1.json");
    EXPECT_EQ(expectations[1].at("verdict").text(), "pass");
    EXPECT_EQ(expectations[2].at("verdict").text(), "invalid");
    EXPECT_FALSE(expectations[2].has("measured"));
    EXPECT_THAT(expectations[2].at("words").text(), HasSubstr("runs/article-3.json is not valid"));
    EXPECT_EQ(root.at("regressions").items().at(0).at("metric").text(), "connect_us.p99");
    EXPECT_EQ(root.at("notes").items().size(), 2U);
}

TEST(Check, SaysNeverWhereAFailureNeverCame) {
    Made made = made_check();
    made.check.judgements =
        expect::judge({expectation("time_to_exhaustion >= 200s", "30 s", 1)}, {"30 s"}, made.check.runs);
    EXPECT_THAT(render_text(made.check, {}), HasSubstr("measured never"));
    EXPECT_THAT(check_json(made.check), HasSubstr("\"measured\": \"never\""));
}

TEST(Check, TellsOfARunWithoutFiguresThatNoExpectationIsAbout) {
    Made made = made_check();
    made.check.regressions.reset();
    made.check.left_out.clear();
    made.check.judgements =
        expect::judge({expectation("outcomes.ok > 0", "30 s", 1)}, {"30 s", "too fast"}, made.check.runs);
    EXPECT_THAT(render_text(made.check, {.width = 200}), HasSubstr("INVALID runs/article-3.json is not valid: "));
    EXPECT_EQ(summary_line({made.check}), "1 run without figures");
    EXPECT_THAT(check_json(made.check), HasSubstr("\"runs/article-3.json is not valid: "));
    EXPECT_THAT(annotations({made.check}), HasSubstr("title=not valid%3A article::runs/article-3.json is not valid: "));
    EXPECT_THAT(junit_xml({made.check}), HasSubstr("<system-out>runs/article-3.json is not valid: "));
}

TEST(Check, SummarisesWhatCameOfIt) {
    Made made = made_check();
    EXPECT_EQ(summary_line({made.check}),
              "2 of 5 expectations failed, 1 of 5 expectations could not be judged, 1 metric worse than the baseline");
    made.check.regressions.reset();
    made.check.judgements.resize(2);
    made.check.judgements.erase(made.check.judgements.begin());
    made.check.runs.pop_back();  // the one that is not valid
    EXPECT_EQ(summary_line({made.check}), "the expectation holds");
    EXPECT_EQ(summary_line({made.check, made.check}), "all 2 expectations hold");
    EXPECT_EQ(summary_line(std::vector<Check>{}), "no expectation was judged");
}

/// A scenario and a record that try to be more than text.
Made hostile() {
    Made made = made_check();
    made.check.scenario = "a<b>&\"'\x1b[31m\n::error::x";
    made.check.file = "dir,with:odd\n::warning::/x.toml";
    made.check.judgements[0].that = "]]>--><!--\x01%0A\xff\xef\xbf\xbf";
    made.check.runs[0].name = "r\n::set-output name=x::y";
    return made;
}

TEST(Check, EscapesWhatXmlWouldTakeForMarkup) {
    const Made made = hostile();
    const std::string xml = junit_xml({made.check});
    EXPECT_THAT(xml, HasSubstr("a&lt;b&gt;&amp;&quot;&apos;?[31m&#10;::error::x"));
    EXPECT_THAT(xml, HasSubstr("]]&gt;--&gt;&lt;!--?%0A????\""));
    EXPECT_THAT(xml, Not(HasSubstr("\x1b")));
    EXPECT_EQ(xml_text("é \xe2\x82\xac \xf0\x9f\x98\x80"), "é € 😀");
    EXPECT_EQ(xml_text("\xc3"), "?");
    EXPECT_EQ(xml_text("\xed\xa0\x80\xc0\x80"), "?????");
}

TEST(Check, WritesNoAnnotationButItsOwn) {
    const Made made = hostile();
    const std::string text = annotations({made.check});
    std::size_t lines = 0;
    for (std::size_t start = 0, end = 0; (end = text.find('\n', start)) != std::string::npos; start = end + 1, ++lines)
        EXPECT_EQ(text.compare(start, 8, "::error "), 0) << text.substr(start, end - start);
    EXPECT_EQ(lines, 4U) << "two failures, one invalid, one regression";
    EXPECT_THAT(text, HasSubstr("file=dir%2Cwith%3Aodd%0A%3A%3Awarning%3A%3A/x.toml,line=20,col=8,title="));
    EXPECT_THAT(text, HasSubstr("%250A"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(Check, NamesNoFileOfTheCatalogue) {
    Made made = made_check();
    made.check.file.reset();
    EXPECT_THAT(annotations({made.check}), Not(HasSubstr("file=")));
    EXPECT_THAT(junit_xml({made.check}), Not(HasSubstr("file=")));
}

TEST(Check, LetsNoEscapeSequenceReachTheTerminal) {
    const Made made = hostile();
    EXPECT_THAT(render_text(made.check, {.width = 80, .colour = false}), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace portdrought::report
