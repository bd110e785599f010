// compare --resume after an interruption: only what is missing is run, and the result is that of an undisturbed
// command.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"
#include "record/record_file.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// Three variants of half a second.
constexpr const char* quick =
    "portdrought compare loopback-reuse --repeat 2 --set host.ports=20000-20099 --set load.rate=400/s "
    "--set load.duration=500ms --set load.in_flight=64 ";

TEST(Resume, MakesOnlyTheRunsThatAreMissing) {
    const TemporaryFolder folder;
    const std::string runs = folder.path("runs");
    ASSERT_EQ(shell(quick + ("-o " + runs)).exit_code, 0);
    // One record gone, and one that an interruption cut short.
    ASSERT_EQ(shell("rm " + runs + "/loopback-reuse-off-2.json").exit_code, 0);
    const std::string cut = runs + "/loopback-reuse-loopback-1.json";
    record::RunRecord record = record::read_file(cut);
    record.interrupted = true;
    record::write_atomically(record, cut);
    const Ended ended = shell(quick + ("--resume " + runs));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("4 runs are in " + runs + " already, 2 to go"));
    EXPECT_THAT(ended.out, HasSubstr("6 of 6 runs valid"));
    EXPECT_THAT(shell(quick + ("--resume " + runs)).err, HasSubstr("6 runs are in " + runs + " already, 0 to go"));
}

// Records are found before the missing runs are made, so that the first variant's come last.
TEST(Resume, ComparesWithTheVariantThatAnUndisturbedCommandComparesWith) {
    const TemporaryFolder folder;
    const std::string runs = folder.path("runs");
    ASSERT_EQ(shell(quick + ("-o " + runs)).exit_code, 0);
    const Ended whole = shell(quick + ("--resume " + runs));
    EXPECT_THAT(whole.out, HasSubstr("against off "));
    ASSERT_EQ(shell("rm " + runs + "/loopback-reuse-off-1.json").exit_code, 0);
    const Ended resumed = shell(quick + ("--resume " + runs));
    EXPECT_THAT(resumed.err, HasSubstr("5 runs are in " + runs + " already, 1 to go"));
    EXPECT_THAT(resumed.out, HasSubstr("against off "));
}

TEST(Resume, SaysHowAnInterruptedCommandGoesOn) {
    const TemporaryFolder folder;
    const std::string runs = folder.path("runs");
    Started started("exec " + (quick + ("-o " + runs)));
    std::this_thread::sleep_for(1200ms);
    ::kill(started.pid(), SIGINT);
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 130);
    EXPECT_THAT(ended.err, HasSubstr("the same command with --resume " + runs + " makes the rest"));
    const Ended resumed = shell(quick + ("--resume " + runs));
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_THAT(resumed.out, HasSubstr("6 of 6 runs valid"));
}

TEST(Resume, DoesNotTakeRunsWithOtherSettingsForRepeats) {
    const TemporaryFolder folder;
    const std::string runs = folder.path("runs");
    ASSERT_EQ(shell(quick + ("--set load.response=1KB -o " + runs)).exit_code, 0);
    const Ended ended = shell(quick + ("--resume " + runs));
    EXPECT_THAT(ended.err, HasSubstr("0 runs are in " + runs + " already, 6 to go"));
    EXPECT_THAT(ended.err, HasSubstr("6 records there do not count"));
    EXPECT_THAT(ended.out, HasSubstr("6 of 6 runs valid"));
}

TEST(Resume, NamesTheFolderItCannotRead) {
    const Ended ended = shell(quick + std::string{"--resume /nowhere"});
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("--resume: /nowhere: No such file or directory"));
}

}  // namespace
}  // namespace portdrought::cli
