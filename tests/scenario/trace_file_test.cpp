#include "scenario/trace_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenario/flat.hpp"
#include "scenario/printer.hpp"
#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::vector<Complaint>& complaints) {
    std::vector<std::string> lines;
    for (const Complaint& complaint : complaints) lines.push_back(to_string(complaint));
    return lines;
}

std::vector<std::string> mistakes(std::string_view text) {
    const TraceReading reading = parse_trace(text, "x.csv");
    EXPECT_EQ(reading.trace, nullptr);
    return lines_of(reading.complaints);
}

TEST(TraceFile, HoldsOneAttemptARow) {
    const TraceReading reading = parse_trace("# orders\nt_s\n0\n0.25\r\n\n  1.5 \n", "x.csv");
    EXPECT_THAT(lines_of(reading.complaints), IsEmpty());
    ASSERT_EQ(reading.trace->rows.size(), 3U);
    EXPECT_EQ(reading.trace->rows[1].at, 250ms);
    EXPECT_EQ(reading.trace->rows[2].at, 1500ms);
    EXPECT_EQ(reading.trace->rows[2].attempts, 1U);
}

TEST(TraceFile, MayBeginWithAByteOrderMark) {
    const TraceReading reading = parse_trace("\xef\xbb\xbft_s,attempts\r\n0,10\r\n", "x.csv");
    EXPECT_THAT(lines_of(reading.complaints), IsEmpty());
    ASSERT_NE(reading.trace, nullptr);
    EXPECT_EQ(reading.trace->rows.size(), 1U);
}

TEST(TraceFile, HoldsAttemptsUntilTheNextRow) {
    const TraceReading reading = parse_trace("t_s , attempts\n0,10\n2,\t0\n6,3", "x.csv");
    EXPECT_THAT(lines_of(reading.complaints), IsEmpty());
    ASSERT_EQ(reading.trace->rows.size(), 3U);
    EXPECT_EQ(reading.trace->rows[0].attempts, 10U);
    EXPECT_EQ(reading.trace->last, 4s) << "as long as the row before";
}

TEST(TraceFile, SaysWhatItHolds) {
    const std::string content = parse_trace("t_s,attempts\n0,10\n2,5\n", "x.csv").content;
    EXPECT_THAT(content, StartsWith("2 rows, 15 attempts, fnv1a "));
    EXPECT_NE(parse_trace("t_s,attempts\n0,5\n2,10\n", "x.csv").content, content) << "the same sums, another file";
    EXPECT_EQ(parse_trace("t_s\n0\n", "x.csv").content, "1 rows, 1 attempts, fnv1a 60fb281f3702ada7");
}

TEST(TraceFile, EveryMistakeHasItsPlaceAndRemedy) {
    EXPECT_THAT(
        mistakes("# é, then mistakes\nt_s,attempts\nsoon,3\n1,few\n 2 , -1\n1,2,3\n5\n4000000,1\n8,1\n7.5,1\n"),
        ElementsAre(
            "x.csv:3:1: t_s: \"soon\" is not a time; write seconds from 0 to 3600000",
            "x.csv:4:3: attempts: \"few\" is not a number of attempts; write a whole number from 0 to 1000000000",
            "x.csv:5:6: attempts: \"-1\" is not a number of attempts; write a whole number from 0 to 1000000000",
            "x.csv:6:5: attempts: has 3 columns where the header has 2; write a time and a number of attempts",
            "x.csv:7:1: attempts: has 1 columns where the header has 2; write a time and a number of attempts",
            "x.csv:8:1: t_s: \"4000000\" is not a time; write seconds from 0 to 3600000",
            "x.csv:10:1: t_s: 7.5 is earlier than the row before, at 8; write rows in the order of time"));
}

TEST(TraceFile, NeedsItsHeader) {
    EXPECT_THAT(mistakes("0\n1\n"), ElementsAre("x.csv:1:1: t_s: \"0\" is not the header; write t_s, or t_s,attempts"));
    EXPECT_THAT(mistakes("t_s, é\n1,1\n"), ElementsAre("x.csv:1:6: attempts: \"é\" is not a column; write attempts"));
    EXPECT_THAT(mistakes("t_s,attempts, x\n1,1\n"),
                ElementsAre("x.csv:1:15: attempts: there are two columns at most; write t_s,attempts"));
    EXPECT_THAT(mistakes("# nothing\n"), ElementsAre(HasSubstr("t_s: has no header")));
    EXPECT_THAT(mistakes("t_s\n"), ElementsAre(HasSubstr("t_s: has no row")));
}

TEST(TraceFile, OfAnotherKindIsNotComplainedOfToItsEnd) {
    std::string text = "t_s\n";
    for (int i = 0; i < 1000; ++i) text += "x\n";
    EXPECT_EQ(mistakes(text).size(), most_trace_complaints);
}

TEST(TraceFile, IsBounded) {
    std::string text = "t_s\n";
    for (std::size_t i = 0; i < most_trace_rows; ++i) text += "1\n";
    EXPECT_NE(parse_trace(text, "x.csv").trace, nullptr);
    EXPECT_THAT(mistakes(text + "1\n1\n"),
                ElementsAre("x.csv:1000002:1: t_s: is row 1000001 of 1000000 at most; write fewer, such as one a "
                            "second with its attempts"));
}

/// A scenario beside a trace, in a folder of its own.
class TraceInScenario : public testing::Test {
protected:
    TraceInScenario() {
        folder_ =
            std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
        std::filesystem::create_directories(folder_);
        write("t_s,attempts\n0,10\n5,30\n");
    }
    ~TraceInScenario() override { std::filesystem::remove_all(folder_); }

    void write(const std::string& text) { std::ofstream(folder_ / "orders.csv") << text; }
    Reading read_with(const std::string& load, const std::vector<std::string>& settings = {}) {
        return read("[load]\narrivals = \"trace\"\ntrace = \"orders.csv\"\n" + load, (folder_ / "x.toml").string(),
                    settings, Limits{20'000});
    }

    std::filesystem::path folder_;
};

TEST_F(TraceInScenario, IsFoundBesideItAndGivesTheRate) {
    const Reading reading = read_with("duration = \"10s\"");
    ASSERT_THAT(lines_of(reading.complaints), IsEmpty());
    const Load& load = reading.variants.front().load;
    ASSERT_NE(load.trace_rows.shared, nullptr);
    EXPECT_EQ(load.trace_rows.shared->rows.size(), 2U);
    EXPECT_EQ(load.rate->per_second, 4);
    EXPECT_EQ(load.trace, "orders.csv") << "as written";
    EXPECT_THAT(load.trace_content, StartsWith("2 rows, 40 attempts, fnv1a "));
}

TEST_F(TraceInScenario, IsNamedInRecordsSoThatAnotherOneDiffers) {
    const Scenario before = read_with("").variants.front();
    const Unflattened back = unflatten(flatten(before));
    EXPECT_EQ(back.scenario, before);
    write("t_s,attempts\n0,30\n5,10\n");
    EXPECT_FALSE(read_with("").variants.front() == before);
}

TEST_F(TraceInScenario, WhatIsShownIsTheScenarioAgainUntilTheFileChanges) {
    const std::string shown = to_toml(read_with("duration = \"7s\"").variants, {});
    const auto again = [&] { return lines_of(read(shown, (folder_ / "y.toml").string(), {}, {20'000}).complaints); };
    EXPECT_THAT(again(), IsEmpty());
    write("t_s,attempts\n0,10\n5,30\n# a remark\n");
    EXPECT_THAT(again(), ElementsAre(HasSubstr("load.trace_content: the file holds \"2 rows, 40 attempts, fnv1a ")));
}

TEST_F(TraceInScenario, ItsMistakesAreReportedOnceAndAfterThoseOfTheScenario) {
    write("t_s\nx\n");
    const Reading reading = read_with("in_flight = 0\n[[variant]]\nname = \"a\"\n[[variant]]\nname = \"b\"\n");
    EXPECT_THAT(lines_of(reading.complaints),
                ElementsAre(HasSubstr("x.toml:4:13: load.in_flight"), HasSubstr("orders.csv:2:1: t_s: \"x\"")));
}

TEST_F(TraceInScenario, ThatIsNotThereIsAMistakeOfTheScenario) {
    EXPECT_THAT(lines_of(read_with("", {"load.trace=no such.csv"}).complaints),
                ElementsAre("--set:1:1: load.trace: \"no such.csv\" is no file; write a name relative to the scenario "
                            "file"));
    EXPECT_THAT(lines_of(read_with("", {"load.trace=" + (folder_ / "orders.csv").string()}).complaints), IsEmpty());
    EXPECT_THAT(lines_of(read_with("", {"load.trace=/dev/zero"}).complaints), ElementsAre(HasSubstr("is no file")));
}

TEST_F(TraceInScenario, ItsRateCannotBeSet) {
    EXPECT_THAT(lines_of(read_with("", {"load.rate=500/s"}).complaints),
                ElementsAre(HasSubstr("load.rate: \"500/s\" is not what the trace offers")));
}

}  // namespace
}  // namespace portdrought::scenario
