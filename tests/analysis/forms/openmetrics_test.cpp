// OpenMetrics: whole, and read by the parser of Prometheus' own Python client.
#include "analysis/report/openmetrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "golden.hpp"
#include "made_records.hpp"
#include "made_report.hpp"

namespace portdrought::report {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

/// What the parser says: a line per family, or its complaint.
std::string parsed(const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() / ("portdrought-openmetrics-" + std::to_string(::getpid()));
    std::ofstream(path) << text;
    const std::string command = "/usr/bin/python3 " PORTDROUGHT_SOURCE_DIR "/tests/analysis/forms/parse_openmetrics.py " +
                                path.string() + " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string said;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) said += static_cast<char>(c);
    ::pclose(pipe);
    std::filesystem::remove(path);
    return said;
}

TEST(OpenMetricsGolden, HasTheTotalsOfARun) {
    made::expect_golden("totals.openmetrics", openmetrics(made::checked().report));
}

TEST(OpenMetrics, IsReadByAParserWithAndWithoutSamples) {
    for (const Series series : {Series::totals, Series::samples}) {
        for (const made::Reported& made : {made::checked(), made::four_times(), made::hostile(),
                                           made::compared({made::modelled()}), made::compared({made::behind_nat()})}) {
            const std::string said = parsed(openmetrics(made.report, series));
            EXPECT_THAT(said, HasSubstr("portdrought_attempts counter"));
            EXPECT_THAT(said, HasSubstr("portdrought_standing stateset"));
            EXPECT_THAT(said, testing::EndsWith("read\n")) << said;
        }
    }
}

TEST(OpenMetrics, IsReadByAParserThatFindsFaults) {
    std::string text = openmetrics(made::checked().report);
    EXPECT_THAT(parsed(text.substr(0, text.size() - 6)), HasSubstr("Missing # EOF"));
}

TEST(OpenMetrics, GivesTheParserTheFiguresOfTheRecord) {
    const made::Reported made = made::compared({made::exhausted()});
    const std::string said = parsed(openmetrics(made.report));
    EXPECT_THAT(said, HasSubstr("portdrought_attempts_total no_port_connect 8052"));
    EXPECT_THAT(said, HasSubstr("portdrought_connect_seconds_bucket +Inf " +
                                std::to_string(made.records[0]->connect.count())));
    EXPECT_THAT(said, HasSubstr("portdrought_time_wait_peak client 3976"));
    EXPECT_THAT(said, HasSubstr("portdrought_standing bad 1"));
}

TEST(OpenMetrics, EscapesLabels) {
    EXPECT_EQ(label_value("a\"b\\c\nd\x1b\xff"), "a\\\"b\\\\c\\nd??");
}

TEST(OpenMetrics, GivesSamplesTheirTimeInTheWorld) {
    made::Reported made = made::compared({made::exhausted()});
    made.records[0]->started_at = "2026-05-04T03:02:01Z";
    made.records[0]->samples.resize(2);
    made.records[0]->samples[0].t_s = 0;
    made.records[0]->samples[1].t_s = 60;  // compressed 60 times
    const std::string text = openmetrics(made.report, Series::samples);
    EXPECT_THAT(text, HasSubstr("outcome=\"ok\"} 0 1777863721.000\n"));
    EXPECT_THAT(text, HasSubstr(" 1777863722.000\n"));
    made.records[0]->started_at = "some day";
    EXPECT_THAT(openmetrics(made.report, Series::samples), HasSubstr("outcome=\"ok\"} 0 0.000\n"));
}

}  // namespace
}  // namespace portdrought::report
