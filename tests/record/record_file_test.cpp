#include "record/record_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "full_record.hpp"
#include "os/system_error.hpp"

namespace portdrought::record {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string complaint_about(const std::string& text) {
    try {
        from_json(text, "runs/x.json");
    } catch (const FormatError& error) {
        return error.what();
    }
    return "nothing";
}

std::string changed(const std::string& from, const std::string& to) {
    std::string text = to_json(full_record());
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the record has no " + from);
    return text.replace(at, from.size(), to);
}

/// A folder of its own that is gone afterwards.
class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / ("portdrought-record-" + std::to_string(std::random_device{}()))) {
        fs::create_directory(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path_); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }
    std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator{path_}, fs::directory_iterator{}));
    }

private:
    fs::path path_;
};

TEST(RecordFile, ReadsBackToTheSameBytes) {
    const std::string text = to_json(full_record());
    EXPECT_EQ(to_json(from_json(text, "x")), text);
    const std::string empty = to_json(RunRecord{});
    EXPECT_EQ(to_json(from_json(empty, "x")), empty);
}

TEST(RecordFile, KeepsEveryValue) {
    const RunRecord written = full_record(), read = from_json(to_json(written), "x");
    EXPECT_EQ(read.scenario, written.scenario);
    EXPECT_EQ(read.samples.size(), 3U);
    EXPECT_EQ(read.samples[2].counters, written.samples[2].counters);
    EXPECT_EQ(read.samples[2].ports_reusable, 5U);
    EXPECT_FALSE(read.samples[0].connect);
    EXPECT_EQ(read.samples[1].connect, written.samples[1].connect);
    EXPECT_EQ(read.samples[2].connect, written.samples[2].connect);
    EXPECT_EQ(read.samples[1].outcomes, written.samples[1].outcomes);
    EXPECT_EQ(read.connect, written.connect);
    EXPECT_EQ(read.enforced->lateness, written.enforced->lateness);
    EXPECT_EQ(read.totals.outcomes, written.totals.outcomes);
    EXPECT_EQ(read.totals.errors, written.totals.errors);
    EXPECT_EQ(read.totals.time_to_first_failure_s, written.totals.time_to_first_failure_s);
    EXPECT_EQ(read.listing->rows[1].inode, 77U);
    EXPECT_EQ(read.censuses[0].left_by_tenth, written.censuses[0].left_by_tenth);
    EXPECT_EQ(read.validity.notes, written.validity.notes);
    EXPECT_TRUE(read.interrupted);
}

TEST(RecordFile, KeepsAbsentValuesAbsent) {
    const std::string text = to_json(RunRecord{});
    for (const char* name : {"\"hz\"", "\"enforced\"", "\"listing\"", "\"min_free\"", "\"peak\"", "\"connect_us\"",
                             "\"time_to_first_failure_s\"", "\"time_wait_overflow\""})
        EXPECT_EQ(text.find(name), std::string::npos) << name;
    const RunRecord read = from_json(text, "x");
    EXPECT_FALSE(read.totals.time_wait_peak || read.totals.ports_min_free || read.host.hz || read.enforced);
    const RunRecord full = from_json(to_json(full_record()), "x");
    EXPECT_FALSE(full.samples[0].ports_free);
    EXPECT_FALSE(full.samples[0].counters.contains("Tcp.OutRsts"));
}

TEST(RecordFile, KeepsNumbersExactly) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 2000; ++i) {
        RunRecord record;
        record.cpu.real_s = std::uniform_real_distribution<>(0, 1000)(random);
        record.cpu.workers_s = std::ldexp(record.cpu.real_s, i % 600 - 300);
        const RunRecord read = from_json(to_json(record), "x");
        ASSERT_EQ(read.cpu.real_s, record.cpu.real_s) << "seed 7, turn " << i;
        ASSERT_EQ(read.cpu.workers_s, record.cpu.workers_s) << "seed 7, turn " << i;
    }
    EXPECT_THAT(to_json(full_record()), HasSubstr("\"t_s\": [0.1, 0.2, 0.30000000000000004]"));
}

TEST(RecordFile, HasTheNamesThatToolsRelyOn) {
    const std::string text = to_json(full_record());
    for (const char* part :
         {R"("schema": "portdrought.record/1")", R"("time_wait": {"peak": 23, "peak_client": 20, "peak_server": 3})",
          R"("ports": {"capacity": 3976, "min_free": 0, "bound": 17})", R"("connect_us": {"p50": )",
          R"("resets_seen_by_peer": 7)", R"("no_port_connect": 2)", R"("cpu_us_per_connection": 51.25)"})
        EXPECT_THAT(text, HasSubstr(part));
}

TEST(RecordFile, IgnoresMembersItDoesNotKnow) {
    const std::string text = changed("\"cpus\":", "\"colour\": [{\"a\": null}],\n    \"cpus\":");
    EXPECT_EQ(to_json(from_json(text, "x")), to_json(full_record()));
}

TEST(RecordFile, ReadsSamplesOfOlderRecordsThatDoNotSayWhatConnectTook) {
    std::string text = to_json(full_record());
    const std::size_t begin = text.find("\"connect_us\"", text.find("\"samples\""));
    text.erase(begin, text.find("\"time_wait\"", begin) - begin);
    const RunRecord read = from_json(text, "x");
    ASSERT_EQ(read.samples.size(), 3U);
    for (const Sample& sample : read.samples) EXPECT_FALSE(sample.connect);
    EXPECT_EQ(read.samples[2].time_wait, 24U);
    EXPECT_EQ(to_json(read), text);
}

TEST(RecordFile, KeepsEveryNanosecondOfAConnect) {
    std::mt19937_64 random(7);
    RunRecord record;
    for (int i = 0; i < 2000; ++i) {
        Sample& sample = record.samples.emplace_back();
        sample.t_s = i;
        const core::Duration took{static_cast<std::int64_t>(random() >> (14 + i % 40))};
        sample.connect = ConnectTimes{took / 3, took / 2, took};
    }
    const RunRecord read = from_json(to_json(record), "x");
    for (std::size_t i = 0; i < record.samples.size(); ++i)
        ASSERT_EQ(read.samples[i].connect, record.samples[i].connect) << "seed 7, turn " << i;
}

TEST(RecordFile, SaysWhichConnectTimesDoNotFit) {
    EXPECT_THAT(complaint_about(changed("\"p99\": [null, 110.001,", "\"p99\": [null, null,")),
                HasSubstr("samples.connect_us.p99[1]: does not fit the column p50"));
    EXPECT_THAT(complaint_about(changed("\"p99\": [null, 110.001,", "\"p99\": [1, 110.001,")),
                HasSubstr("samples.connect_us.p99[0]: does not fit the column p50"));
    EXPECT_THAT(complaint_about(changed("\"p50\": [null, 25, 24.191]", "\"p50\": [null, 25]")),
                HasSubstr("samples.connect_us.p50: has 2 values; expected 3, one per sample"));
    EXPECT_THAT(complaint_about(changed("\"max\": [null, 110.002,", "\"max\": [null, -1,")),
                HasSubstr("samples.connect_us.max[1]: is no time in microseconds"));
    EXPECT_THAT(complaint_about(changed("\"max\": [null, 110.002,", "\"max\": [null, \"1\",")),
                HasSubstr("samples.connect_us.max[1]: is the text \"1\""));
    EXPECT_THAT(complaint_about(changed("\"max\": [null, 110.002,", "\"maximum\": [null, 110.002,")),
                HasSubstr("samples.connect_us.max: is missing"));
}

TEST(RecordFile, SaysWhichFileIsNoRecord) {
    EXPECT_THAT(complaint_about("{}"), HasSubstr("runs/x.json: is no run record: it names no schema"));
    EXPECT_THAT(complaint_about("[1]"), HasSubstr("runs/x.json: is a list; expected an object"));
    EXPECT_THAT(complaint_about(R"({"schema": "other/1"})"), HasSubstr("\"portdrought.record/1\""));
    EXPECT_THAT(complaint_about("name = 3"), HasSubstr("runs/x.json:1: is not JSON"));
    EXPECT_THAT(complaint_about(to_json(RunRecord{}) + "x"), HasSubstr("is not JSON"));
}

TEST(RecordFile, SaysThatAnotherVersionWroteTheFile) {
    EXPECT_THAT(
        complaint_about(changed("record/1", "record/2")),
        AllOf(HasSubstr("schema: \"portdrought.record/2\""), HasSubstr("another version"), HasSubstr("record/1")));
}

TEST(RecordFile, SaysWhatIsMissingOrOfTheWrongKind) {
    EXPECT_THAT(complaint_about(changed("\"attempts\": 30", "\"attemptz\": 30")),
                HasSubstr("totals.attempts: is missing"));
    EXPECT_THAT(complaint_about(changed("\"attempts\": 30", "\"attempts\": \"many\"")),
                HasSubstr("totals.attempts: is the text \"many\"; expected a whole number"));
    EXPECT_THAT(complaint_about(changed("\"attempts\": 30", "\"attempts\": -30")),
                HasSubstr("totals.attempts: is -30"));
    EXPECT_THAT(complaint_about(changed("\"attempts\": 30", "\"attempts\": 1.5")),
                HasSubstr("expected a whole number"));
    EXPECT_THAT(complaint_about(changed("\"valid\": false", "\"valid\": 0")),
                HasSubstr("validity.valid: is 0; expected true or false"));
    EXPECT_THAT(complaint_about(changed("\"load.rate\": \"100/s\"", "\"load.rate\": \"fast\"")),
                HasSubstr("scenario:"));
    EXPECT_THAT(complaint_about(changed("\"unfinished\": 12", "\"eaten\": 12")), HasSubstr("totals.outcomes.eaten"));
}

TEST(RecordFile, SaysWhereColumnsAndBucketsDoNotFit) {
    EXPECT_THAT(complaint_about(changed("\"attempts\": [10, 20, 30]", "\"attempts\": [10, 20]")),
                HasSubstr("samples.attempts: has 2 values; expected 3, one per sample"));
    EXPECT_THAT(complaint_about(changed("\"t_s\": [0.1, 0.2,", "\"t_s\": [0.2, 0.2,")),
                HasSubstr("samples.t_s[1]: does not rise"));
    EXPECT_THAT(complaint_about(changed("\"count\": 4", "\"count\": 5")), HasSubstr("connect.count: differs"));
    EXPECT_THAT(complaint_about(changed("\"ports_free\": [null, null, 3951]", "\"ports_free\": [null, true, 3951]")),
                HasSubstr("samples.ports_free[1]: is true"));
}

TEST(RecordFile, SaysThatATruncatedFileEndsInTheMiddle) {
    std::string text = to_json(full_record());
    text.pop_back();  // the newline at the end is no loss
    for (std::size_t length = 1; length < text.size(); ++length)
        ASSERT_THAT(complaint_about(text.substr(0, length)), HasSubstr("runs/x.json: ends in the middle")) << length;
    EXPECT_THAT(complaint_about(""), HasSubstr("ends in the middle"));
}

TEST(RecordFile, WritesAFileThatReadsBack) {
    const Folder folder;
    const std::string path = folder.file("a.json");
    write_atomically(full_record(), path);
    write_atomically(full_record(), path);
    EXPECT_EQ(to_json(read_file(path)), to_json(full_record()));
    EXPECT_EQ(folder.entries(), 1U);
}

TEST(RecordFile, LeavesNothingBehindWhenItCannotWrite) {
    const Folder folder;
    fs::create_directories(folder.file("taken.json/inside"));  // rename over a folder that is not empty fails
    try {
        write_atomically(full_record(), folder.file("taken.json"));
        FAIL() << "was written over a folder";
    } catch (const os::SystemError& error) {
        EXPECT_THAT(error.what(), HasSubstr(folder.file("taken.json")));
    }
    EXPECT_EQ(folder.entries(), 1U);
    EXPECT_THROW(write_atomically(full_record(), folder.file("no/such/folder.json")), os::SystemError);
}

TEST(RecordFile, KeepsTheOldFileWhenTheNewOneFails) {
    const Folder folder;
    const std::string path = folder.file("a.json");
    write_atomically(full_record(), path);
    fs::create_directory(path + ".partial-" + std::to_string(getpid()));  // the temporary file cannot be made
    EXPECT_THROW(write_atomically(RunRecord{}, path), os::SystemError);
    EXPECT_EQ(to_json(read_file(path)), to_json(full_record()));
}

TEST(RecordFile, NamesTheFileThatCannotBeRead) {
    const Folder folder;
    for (const std::string& path : {folder.file("absent.json"), folder.file("")}) try {
            read_file(path);
            ADD_FAILURE() << path << " was read";
        } catch (const os::SystemError& error) {
            EXPECT_THAT(error.what(), HasSubstr(path));
        }
}

}  // namespace
}  // namespace portdrought::record
