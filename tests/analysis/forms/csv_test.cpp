// CSV: whole, read back by a parser of its own, and fast.
#include "analysis/report/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <chrono>

#include "golden.hpp"
#include "made_report.hpp"
#include "probe/counters.hpp"

namespace portdrought::report {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// RFC 4180, strictly: throws where a quote stands in a bare field, a field is left open or a line ends otherwise.
Rows parse(const std::string& text) {
    Rows rows;
    std::vector<std::string> row;
    std::string field;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '"') {
            for (++i;; ++i) {
                if (text.at(i) != '"')
                    field += text[i];
                else if (text.at(i + 1) == '"')
                    field += text[++i];
                else
                    break;
            }
            ++i;
        } else {
            while (text.at(i) != ',' && text[i] != '\r') {
                if (text[i] == '"' || text[i] == '\n') throw std::runtime_error("a bare field with " + field);
                field += text[i++];
            }
        }
        row.push_back(std::exchange(field, ""));
        if (text.at(i) == ',') {
            ++i;
            continue;
        }
        if (text.substr(i, 2) != "\r\n") throw std::runtime_error("no end of line behind " + row.back());
        i += 2;
        rows.push_back(std::exchange(row, {}));
    }
    return rows;
}

std::size_t column(const Rows& rows, const std::string& name) {
    const auto found = std::ranges::find(rows.front(), name);
    if (found == rows.front().end()) throw std::runtime_error("no column " + name);
    return static_cast<std::size_t>(found - rows.front().begin());
}

std::optional<std::uint64_t> whole(const std::string& field) {
    if (field.empty()) return std::nullopt;
    std::uint64_t number = 0;
    const auto read = std::from_chars(field.data(), field.data() + field.size(), number);
    EXPECT_EQ(read.ptr, field.data() + field.size()) << field;
    return number;
}

record::RunRecord shortened(record::RunRecord record, std::size_t samples) {
    record.samples.resize(std::min(samples, record.samples.size()));
    return record;
}

TEST(CsvGolden, HasARowPerSampleAndRun) {
    const auto full = made::four_times();
    const made::Reported made = made::compared({shortened(*full.records[0], 3), shortened(*full.records[1], 2)});
    made::expect_golden("samples.csv", csv(made.report));
}

TEST(CsvGolden, HasARowPerPointOfASweep) { made::expect_golden("sweep.csv", csv(made::swept().report)); }

TEST(Csv, GivesEverySampleBackUnchanged) {
    const made::Reported made = made::four_times();
    const Rows rows = parse(samples_csv(made.report));
    std::size_t row = 1;
    for (const auto& record : made.records) {
        for (const record::Sample& sample : record->samples) {
            const auto& cells = rows.at(row++);
            ASSERT_EQ(cells.size(), rows.front().size());
            const auto cell = [&](const char* name) { return cells[column(rows, name)]; };
            EXPECT_EQ(std::stod(cell("t_s")), sample.t_s);
            EXPECT_EQ(cell("variant"), record->scenario.variant);
            EXPECT_EQ(cell("valid"), record->validity.valid ? "true" : "false");
            EXPECT_EQ(whole(cell("repetition")), record->repetition);
            EXPECT_EQ(std::stod(cell("rate_per_s")), record->scenario.load.rate->per_second);
            EXPECT_EQ(whole(cell("attempts")), sample.attempts);
            EXPECT_EQ(whole(cell("outcomes.no_port_connect")), sample.outcomes[core::Outcome::no_port_connect]);
            EXPECT_EQ(whole(cell("outcomes.other")), sample.outcomes[core::Outcome::other]);
            EXPECT_EQ(whole(cell("time_wait")), sample.time_wait);
            EXPECT_EQ(whole(cell("ports_free")), sample.ports_free);
            EXPECT_EQ(whole(cell("nat_in_use")), sample.nat_in_use);
            EXPECT_EQ(cell("connect_us.max").empty(), !sample.connect);
            if (sample.connect) {
                EXPECT_EQ(std::stod(cell("connect_us.p99")), static_cast<double>(sample.connect->p99.count()) / 1e3);
            }
        }
    }
    EXPECT_EQ(row, rows.size());
}

TEST(Csv, GivesNanosecondsWithoutRounding) {
    record::RunRecord record = shortened(*made::four_times().records[0], 1);
    record.samples[0].connect = {core::Duration{89'087}, core::Duration{30'693'943}, core::Duration{1}};
    EXPECT_THAT(samples_csv(made::compared({record}).report), testing::HasSubstr(",89.087,30693.943,0.001,"));
}

TEST(Csv, HasAColumnForEveryCounterThatIsRead) {
    const std::string header = samples_csv(Report{});
    for (const std::string_view counter : probe::counter_names)
        EXPECT_THAT(header, testing::ContainsRegex(",counters." + std::string{counter} + "[,\r]"));
}

TEST(Csv, HasTheSameColumnsWhateverTheRunsHave) {
    Report empty;
    const auto text = samples_csv(made::four_times().report);
    EXPECT_EQ(samples_csv(empty), text.substr(0, text.find('\n') + 1));
}

TEST(Csv, HoldsNoFormulaAndNoRowThatAScenarioMade) {
    EXPECT_EQ(csv_field("plain"), "plain");
    EXPECT_EQ(csv_field("=1+1"), "'=1+1");
    EXPECT_EQ(csv_field("-5"), "'-5");
    EXPECT_EQ(csv_field("@x,\"y\"\n"), "\"'@x,\"\"y\"\"\n\"");
    EXPECT_EQ(csv_field("\t=1"), "?=1");
    const made::Reported made = made::hostile();
    const Rows rows = parse(samples_csv(made.report));
    std::size_t samples = 0;
    for (const auto& record : made.records) samples += record->samples.size();
    EXPECT_EQ(rows.size(), samples + 1);
    for (const auto& row : rows) EXPECT_EQ(row.size(), rows.front().size());
    EXPECT_EQ(rows.at(1).front().substr(0, 5), "'=1+1");
}

TEST(Csv, WritesTwelveThousandRowsAtOnce) {
    std::vector<record::RunRecord> records(4, *made::four_times().records[0]);
    for (record::RunRecord& record : records) {
        const record::Sample sample = record.samples.back();
        record.samples.assign(3000, sample);
        for (std::size_t i = 0; i < record.samples.size(); ++i) record.samples[i].t_s = static_cast<double>(i) / 10;
    }
    const made::Reported made = made::compared(records);
    const auto begin = std::chrono::steady_clock::now();
    const std::string text = samples_csv(made.report);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_EQ(std::ranges::count(text, '\n'), 12'001);
    EXPECT_LT(took, std::chrono::seconds{2}) << "some 20 ms where nothing else runs";
    RecordProperty("milliseconds",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
}

}  // namespace
}  // namespace portdrought::report
