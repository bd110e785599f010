#include "record/sweep_file.hpp"

#include <gmock/gmock.h>

#include "full_record.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::record {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SweepResult result() {
    SweepResult result;
    result.header.tool_version = "0.1.0";
    result.header.git_revision = "0123456789ab";
    result.header.engine = "model";
    result.header.axes = {{"load.rate", {"1/s", "2/s"}}, {"lab.seed", {"1", "2", "3"}}};
    result.header.scenario = {{"name", "quotes \" and\nlines"}, {"load.duration", "5s"}};
    for (std::uint64_t point = 0; point < 6; ++point) {
        RunRecord record = full_record();
        record.totals.attempts = point;
        result.rows[point] = sweep_row(point, {{"load.rate", "1/s"}}, record);
    }
    return result;
}

std::string failure_of(const std::string& text) {
    try {
        sweep_from_json(text, "file");
        return "";
    } catch (const FormatError& error) {
        return error.what();
    }
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(SweepFile, ReadsBackToTheSameBytes) {
    for (const Shard shard : {Shard{}, Shard{2, 3}}) {
        SweepResult written = result();
        written.shard = shard;
        if (shard.count > 1) written.header.costs = "built in";
        std::erase_if(written.rows, [&](const auto& row) { return !shard.holds(row.first); });
        const std::string text = to_json(written);
        const SweepResult read = sweep_from_json(text, "file");
        EXPECT_EQ(read.header, written.header);
        EXPECT_EQ(read.shard, shard);
        EXPECT_EQ(read.rows, written.rows);
        EXPECT_EQ(to_json(read), text);
    }
}

TEST(SweepFile, HasOneLinePerPointAndTheTotalsOfARecord) {
    const std::string text = to_json(result());
    EXPECT_EQ(std::ranges::count(text, '\n') - std::ranges::count(to_json(SweepResult{result().header, {}, {}}), '\n'),
              6);
    const JsonNode tree = parse_json(text, "file");
    const JsonPlace row = JsonPlace{tree, "file"}.at("rows").items().at(4);
    EXPECT_EQ(row.at("totals").at("attempts").whole(), 4U);
    EXPECT_EQ(row.at("totals").at("time_to_first_failure_s").number(), 0.1 + 0.2);
    EXPECT_EQ(row.at("totals").at("connect_us").at("max").number(), 3500);
    EXPECT_EQ(row.at("pool").at("reused").whole(), 11U);
    EXPECT_EQ(row.at("settings").at("load.rate").text(), "1/s");
}

TEST(SweepFile, RowsHaveTheFiguresOfReports) {
    const SweepRow row = read_sweep_row(result().rows.at(3), "row");
    EXPECT_EQ(row.point, 3U);
    EXPECT_FALSE(row.valid);
    EXPECT_THAT(row.notes, ElementsAre("One.", "Two."));
    EXPECT_EQ(row.attempts, 3U);
    EXPECT_EQ(row.ok, 1U);
    EXPECT_EQ(row.time_to_first_failure_s, 0.1 + 0.2);
    EXPECT_EQ(row.achieved_rate_per_s, 1.0 / 3);
    EXPECT_EQ(row.sustained_rate_per_s, 16.566666666666666);
    EXPECT_EQ(row.time_wait_peak, 23U);
    EXPECT_EQ(row.ports_min_free, 0U);
}

TEST(SweepFile, PassesOnWhatItDoesNotKnow) {
    const std::string text =
        replaced(to_json(result()), "\"valid\": false", "\"valid\": false, \"news\": [1, -2, 0.5, {}]");
    EXPECT_EQ(to_json(sweep_from_json(text, "file")), text);
}

TEST(SweepFile, ReadsAFileThatSomethingElseLaidOut) {
    std::string text = to_json(result());
    std::ranges::replace(text, '\n', ' ');
    EXPECT_EQ(to_json(sweep_from_json(text, "file")), to_json(result()));
}

TEST(SweepFile, SaysWhatIsWrongWithAFile) {
    const std::string text = to_json(result());
    EXPECT_THAT(failure_of(replaced(text, "portdrought.sweep/1", "portdrought.record/1")),
                HasSubstr("\"portdrought.record/1\" is not the schema of a sweep"));
    EXPECT_THAT(failure_of("{}"), HasSubstr("is no file of a sweep"));
    EXPECT_THAT(failure_of(text.substr(0, text.size() / 2)), HasSubstr("cut short"));
    EXPECT_THAT(failure_of(replaced(text, "\"point\": 5", "\"point\": 6")), HasSubstr("6 is no point of this shard"));
    EXPECT_THAT(failure_of(replaced(text, "\"point\": 5", "\"point\": 4")), HasSubstr("4 is there twice"));
    EXPECT_THAT(failure_of(replaced(text, "\"points\": 6", "\"shard\": \"2/1\"")), HasSubstr("\"2/1\" is no shard"));
    EXPECT_THAT(failure_of(replaced(text, "\"points\": 6", "\"shard\": \"1/2x\"")), HasSubstr("is no shard"));
    EXPECT_THAT(failure_of(replaced(text, "\"points\": 6", "\"shard\": \"2/2\"")), HasSubstr("0 is no point of this"));
    EXPECT_THAT(failure_of(replaced(text, "\"attempts\": 2", "\"attempts\": \"2\"")),
                HasSubstr("rows[2].totals.attempts"));
    EXPECT_THAT(failure_of(replaced(text, "[\"1/s\", \"2/s\"]", "[]")), HasSubstr("expected at least one value"));
}

TEST(SweepResult, KnowsWhereAPointIsAndWhatIsMissing) {
    SweepResult sweep = result();
    EXPECT_EQ(sweep.header.points(), 6U);
    EXPECT_THAT(sweep.header.place_of(0), ElementsAre(0, 0));
    EXPECT_THAT(sweep.header.place_of(5), ElementsAre(1, 2));
    EXPECT_THAT(sweep.header.place_of(3), ElementsAre(1, 0));
    sweep.rows.erase(2);
    sweep.rows.erase(5);
    EXPECT_THAT(sweep.missing(), ElementsAre(2, 5));
    sweep.shard = {2, 3};
    sweep.rows.clear();
    EXPECT_THAT(sweep.missing(), ElementsAre(1, 4));
}

}  // namespace
}  // namespace portdrought::record
