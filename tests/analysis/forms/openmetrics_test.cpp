// OpenMetrics: whole, and read by the parser of Prometheus' own Python client.
#include "analysis/report/openmetrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "golden.hpp"
#include "made_records.hpp"
#include "made_report.hpp"

namespace portdrought::report {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

/// What the parser says of each text: a line per family and sample, then "read"; or its complaint. One Python for all.
std::vector<std::string> parsed(const std::vector<std::string>& texts) {
    std::string command = "/usr/bin/python3 " PORTDROUGHT_SOURCE_DIR "/tests/analysis/forms/parse_openmetrics.py";
    std::vector<std::filesystem::path> paths;
    for (const std::string& text : texts) {
        paths.push_back(std::filesystem::temp_directory_path() /
                        ("portdrought-" + std::to_string(::getpid()) + '-' + std::to_string(paths.size())));
        std::ofstream(paths.back()) << text;
        command += ' ' + paths.back().string();
    }
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::string all;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) all += static_cast<char>(c);
    ::pclose(pipe);
    for (const auto& path : paths) std::filesystem::remove(path);
    const std::string end = "end of file\n";
    std::vector<std::string> said;
    for (std::size_t begin = 0, at = 0; (at = all.find(end, begin)) != all.npos; begin = at + end.size())
        said.push_back(all.substr(begin, at - begin));
    EXPECT_EQ(said.size(), texts.size()) << all;
    said.resize(texts.size());
    return said;
}

TEST(OpenMetricsGolden, HasTheTotalsOfARun) {
    made::expect_golden("totals.openmetrics", openmetrics(made::checked().report));
}

TEST(OpenMetrics, IsReadByAParserWithAndWithoutSamples) {
    std::vector<std::string> texts;
    for (const made::Reported& made : {made::checked(), made::four_times(), made::hostile(),
                                       made::compared({made::modelled()}), made::compared({made::behind_nat()})}) {
        texts.push_back(openmetrics(made.report, Series::totals));
        texts.push_back(openmetrics(made.report, Series::samples));
    }
    for (const std::string& said : parsed(texts)) {
        EXPECT_THAT(said, HasSubstr("portdrought_attempts counter"));
        EXPECT_THAT(said, HasSubstr("portdrought_standing stateset"));
        EXPECT_THAT(said, testing::EndsWith("read\n"));
    }
}

TEST(OpenMetrics, GivesTheParserTheFiguresOfTheRecord) {
    const made::Reported made = made::compared({made::exhausted()});
    const std::string text = openmetrics(made.report);
    const auto said = parsed({text, text.substr(0, text.size() - 6)});
    EXPECT_THAT(said[0], HasSubstr("portdrought_attempts_total no_port_connect 8052"));
    EXPECT_THAT(said[0], HasSubstr("portdrought_connect_seconds_bucket +Inf " +
                                   std::to_string(made.records[0]->connect.count())));
    EXPECT_THAT(said[0], HasSubstr("portdrought_time_wait_peak client 3976"));
    EXPECT_THAT(said[0], HasSubstr("portdrought_standing bad 1"));
    EXPECT_THAT(said[1], HasSubstr("Missing # EOF")) << "the parser finds faults";
}

TEST(OpenMetrics, NamesNoSeriesTwice) {
    made::Reported made = made::checked();
    made.report.sections.push_back(made.report.sections.front());
    std::istringstream lines(openmetrics(made.report));
    std::set<std::string> series;
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with('#') && !series.insert(line.substr(0, line.rfind(' '))).second) ADD_FAILURE() << line;
    EXPECT_GT(series.size(), 50U);
}

TEST(OpenMetrics, EscapesLabels) { EXPECT_EQ(label_value("a\"b\\c\nd\x1b\xff"), "a\\\"b\\\\c\\nd??"); }

TEST(OpenMetrics, GivesSamplesTheirTimeInTheWorld) {
    made::Reported made = made::compared({made::exhausted()});
    made.records[0]->started_at = "2026-05-04T03:02:01Z";
    made.records[0]->samples.resize(2);
    made.records[0]->samples[0].t_s = 0;
    made.records[0]->samples[1].t_s = 60;  // compressed 60 times
    const std::string text = openmetrics(made.report, Series::samples);
    EXPECT_THAT(text, HasSubstr(" 1777863721.000\n"));
    EXPECT_THAT(text, HasSubstr(" 1777863722.000\n# TYPE portdrought_sampled")) << "the last sample of a family";
    made.records[0]->started_at = "some day";
    EXPECT_THAT(openmetrics(made.report, Series::samples), HasSubstr(" 0.000\n"));
}

}  // namespace
}  // namespace portdrought::report
