// The table and the grid of a sweep, from records made on paper.
#include "analysis/report/sweep_text.hpp"

#include <gmock/gmock.h>

#include "golden.hpp"
#include "made_records.hpp"
#include "record/sweep_file.hpp"

namespace portdrought {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

/// The article's host at three rates and three delays.
record::SweepResult article_sweep() {
    record::SweepResult result;
    result.header.engine = "model";
    result.header.scenario = {{"name", "article"}, {"variant", "as explained"}};
    result.header.axes = {{"load.rate", {"10/s", "20/s", "40/s"}},
                          {"host.timed_wait_delay", {"60s", "120s", "240s"}},
                          {"host.sources", {"1"}}};
    std::uint64_t point = 0;
    for (const double rate : {10.0, 20.0, 40.0})
        for (const auto delay : {60s, 120s, 240s}) {
            scenario::Scenario scenario = made::article();
            scenario.load.rate = core::Rate{rate};
            scenario.host.timed_wait_delay = delay;
            result.rows[point] = record::sweep_row(point, {}, made::play(scenario));
            ++point;
        }
    return result;
}

std::string text_of(const record::SweepResult& result, std::size_t width = 80) {
    return report::render_text(report::table_of(result), {.width = width});
}

void expect_within(const std::string& text, std::size_t width) {
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
        EXPECT_LE(text::display_width(text.substr(begin, end - begin)), width) << text;
}

TEST(SweepText, ShowsARowPerPointAndAGridOfTwoAxes) {
    const std::string text = text_of(article_sweep());
    expect_within(text, 80);
    made::expect_golden("sweep.txt", text);
}

TEST(SweepText, SaysThatTimeIsCompressed) {
    record::SweepResult result = article_sweep();
    result.header.scenario.emplace_back("lab.time_scale", "20");
    EXPECT_THAT(text_of(result), HasSubstr("as explained: model engine, compressed x20, 9 points"));
    result.header.scenario.back().second = "1";
    EXPECT_THAT(text_of(result), Not(HasSubstr("compressed")));
}

TEST(SweepText, LeavesTheGridOutWhereItDoesNotFitOrPointsHaveMoreAxes) {
    EXPECT_THAT(text_of(article_sweep(), 30), Not(HasSubstr("(down)")));
    record::SweepResult three = article_sweep();
    three.header.axes[2].values = {"1", "2"};
    EXPECT_THAT(text_of(three), Not(HasSubstr("(down)")));
    EXPECT_THAT(text_of(three), HasSubstr("9 of 18 points"));
    expect_within(text_of(three), 80);
}

TEST(SweepText, SaysWhichPointsAreNotValidAndWhy) {
    record::SweepResult result = article_sweep();
    for (const std::uint64_t point : {4, 5}) {
        record::RunRecord record = made::invalid();
        record.validity.notes = {"Something else kept the CPUs busy."};
        result.rows[point] = record::sweep_row(point, {}, record);
    }
    const std::string text = text_of(result);
    EXPECT_THAT(text, HasSubstr("9 points, 2 not valid"));
    EXPECT_THAT(text, HasSubstr("  point 4: Something else kept the CPUs busy.\n"));
    EXPECT_THAT(text, Not(HasSubstr("point 5: ")));
    EXPECT_THAT(text, HasSubstr("valid"));
    EXPECT_THAT(text, HasSubstr("?"));
    expect_within(text, 80);
}

TEST(SweepText, ShowsAShardAsWhatItIs) {
    record::SweepResult result = article_sweep();
    result.shard = {1, 3};
    std::erase_if(result.rows, [&](const auto& row) { return !result.shard.holds(row.first); });
    const std::string text = text_of(result);
    EXPECT_THAT(text, HasSubstr("3 of 9 points (shard 1/3), all valid"));
    EXPECT_THAT(text, HasSubstr("10/s"));
    result.rows.clear();
    result.shard = {12, 12};
    EXPECT_EQ(text_of(result), "article, as explained: model engine, 0 of 9 points (shard 12/12)\n");
}

TEST(SweepText, ShowsOnlyTheFirstOfVeryManyPoints) {
    record::SweepResult result = article_sweep();
    result.header.axes = {{"load.rate", {}}};
    const std::string row = result.rows[0];
    result.rows.clear();
    for (std::uint64_t point = 0; point < 600; ++point) {
        result.header.axes[0].values.push_back(std::to_string(point + 1) + "/s");
        result.rows[point] = "{\"point\": " + std::to_string(point) + row.substr(row.find(','));
    }
    const std::string text = text_of(result);
    EXPECT_THAT(text, HasSubstr("  and 100 points more in the file\n"));
    EXPECT_THAT(text, HasSubstr("500/s"));
    EXPECT_THAT(text, Not(HasSubstr("501/s")));
}

TEST(SweepText, KeepsWholeNamesOfAxesThatWouldReadTheSame) {
    record::SweepResult result = article_sweep();
    result.header.axes[0].key = "load.timeout";
    result.header.axes[1].key = "other.timeout";
    EXPECT_THAT(text_of(result, 120), HasSubstr("load.timeout   other.timeout"));
}

}  // namespace
}  // namespace portdrought
