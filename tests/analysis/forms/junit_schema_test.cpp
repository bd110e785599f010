// JUnit XML of a report, held to the schema of Jenkins' plugins (tests/data/third_party/jenkins-junit.xsd).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "analysis/report/junit_xml.hpp"
#include "golden.hpp"
#include "made_records.hpp"
#include "made_report.hpp"

namespace portdrought::report {
namespace {

using testing::HasSubstr;

/// What xmllint says.
std::string validated(const std::string& xml) {
    const auto path = std::filesystem::temp_directory_path() / ("portdrought-junit-" + std::to_string(::getpid()));
    std::ofstream(path) << xml;
    const std::string command =
        "xmllint --noout --schema " PORTDROUGHT_TEST_DATA "/third_party/jenkins-junit.xsd " + path.string() + " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string said;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) said += static_cast<char>(c);
    ::pclose(pipe);
    std::filesystem::remove(path);
    return said;
}

TEST(JUnitGolden, ShowsReportsWithAndWithoutExpectations) {
    made::expect_golden("report-check.xml", junit_xml(made::checked().report));
    made::expect_golden("report-compare.xml", junit_xml(made::four_times().report));
}

TEST(JUnitGolden, ShowsWhatCommandsFoundOut) {
    made::expect_golden("report-knee.xml", junit_xml(made::searched().report));
    made::expect_golden("report-validate.xml", junit_xml(made::validated().report));
    made::expect_golden("report-sweep.xml", junit_xml(made::swept().report));
}

TEST(JUnit, HasACasePerRunOfAValidationByItsVerdict) {
    const std::string xml = junit_xml(made::validated().report);
    EXPECT_THAT(xml, HasSubstr("<testsuites name=\"portdrought\" tests=\"4\" failures=\"1\" errors=\"1\">"));
    EXPECT_THAT(xml, HasSubstr("<failure type=\"agreement\" message=\"beyond the limit: time_wait.peak\">"));
    EXPECT_THAT(xml, HasSubstr("<skipped>The model has no relay.</skipped>"));
}

TEST(JUnit, TellsRunsOfOneVariantApart) {
    made::Reported made = made::validated();
    std::vector<Validated>& all = made.report.sections.front().validated;
    all = {all[0], all[0]};
    const std::string xml = junit_xml(made.report);
    EXPECT_THAT(xml, HasSubstr("name=\"30 s\"/>"));
    EXPECT_THAT(xml, HasSubstr("name=\"30 s (2)\"/>"));
}

TEST(JUnit, HasOneCaseForASweepOfManyPoints) {
    made::Reported made = made::swept();
    SweepTable& sweep = *made.report.sections.front().sweep;
    sweep.rows.assign(1001, sweep.rows.front());
    EXPECT_THAT(junit_xml(made.report), HasSubstr("tests=\"1\" failures=\"0\" errors=\"0\""));
    sweep.rows.back().valid = false;
    EXPECT_THAT(junit_xml(made.report), HasSubstr("message=\"1 point not valid\""));
}

TEST(JUnit, CallsASearchThatGaveUpAnError) {
    made::Reported made = made::searched();
    KneeReport& report = made.report.sections.front().knees.front();
    report.ending = Ending::hopeless;
    report.knees = {};
    EXPECT_THAT(junit_xml(made.report), HasSubstr("tests=\"2\" failures=\"0\" errors=\"1\""));
}

TEST(JUnitSchema, HoldsForEveryReport) {
    for (const made::Reported& made :
         {made::checked(), made::four_times(), made::hostile(), made::compared({made::invalid()}), made::swept(),
          made::searched(), made::validated(), made::hostile_findings()})
        EXPECT_THAT(validated(junit_xml(made.report)), testing::EndsWith(" validates\n"));
}

TEST(JUnitSchema, HoldsForChecksEvenWithoutRuns) {
    const Check nothing{"article", {}, {}, {}, {}, {}};
    EXPECT_THAT(validated(junit_xml({*made::checked().report.sections.front().check})),
                testing::EndsWith(" validates\n"));
    EXPECT_THAT(validated(junit_xml(std::vector{nothing})), testing::EndsWith(" validates\n"));
    EXPECT_THAT(validated(junit_xml(Report{})), testing::EndsWith(" validates\n"));
}

TEST(JUnitSchema, RefusesWhatItDoesNotKnow) {
    std::string xml = junit_xml(made::checked().report);
    xml.replace(xml.find("<testcase "), 10, "<testcase line=\"1\" ");
    EXPECT_THAT(validated(xml), HasSubstr("fails to validate"));
}

}  // namespace
}  // namespace portdrought::report
