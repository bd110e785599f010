// The program's runs from the outside: results, records, exit codes, interruption, and machines that lack something.
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"
#include "record/record_file.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// 100 ports at 400/s for a second: exhausted after 0.25 s.
constexpr const char* small =
    " --set host.ports=20000-20099 --set load.rate=400/s --set load.duration=1s --set load.in_flight=64 ";

std::string run_small(const TemporaryFolder& folder, const std::string& more = "") {
    return std::string("portdrought run loopback-reuse --variant off") + small + "-o " + folder.path("runs") + " " +
           more;
}

/// Without the command to type next: how the settings of a record were typed is not in it.
std::string without_next(const std::string& text) {
    const std::size_t begin = text.find("\n  next ");
    return begin == std::string::npos ? text : text.substr(0, begin) + text.substr(text.find('\n', begin + 1));
}

TEST(Run, SaysWhatHappenedAndReportSaysTheSame) {
    const TemporaryFolder folder;
    const Ended ended = shell(run_small(folder, "--netstat"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("Ports ran out after 0.25 s"));
    EXPECT_THAT(ended.out, HasSubstr("PID 0 is not a program"));
    const Ended again = shell("portdrought report --netstat " + folder.path("runs/loopback-reuse-off-1.json"));
    EXPECT_EQ(without_next(again.out), without_next(ended.out));
    EXPECT_EQ(again.exit_code, 0);
}

TEST(Diagnose, NamesTheCauseInWordsAndInJson) {
    const TemporaryFolder folder;
    shell(run_small(folder));
    const std::string path = folder.path("runs/loopback-reuse-off-1.json");
    const Ended words = shell("portdrought diagnose " + path);
    EXPECT_EQ(words.exit_code, 0) << words.err;
    EXPECT_THAT(words.out, HasSubstr("Port exhaustion: TIME_WAIT on the client's side took every pair."));
    const Ended json = shell("portdrought diagnose --format json " + path + " " + path);
    EXPECT_EQ(json.exit_code, 0) << json.err;
    EXPECT_THAT(json.out, HasSubstr("portdrought.result/1"));
    EXPECT_THAT(json.out, HasSubstr("\"diagnoses\": ["));
    EXPECT_THAT(json.out, HasSubstr("\"cause\": \"client_time_wait\""));
    EXPECT_EQ(shell("portdrought diagnose " + folder.path("none.json")).exit_code, 2);
}

TEST(Run, NeverOverwritesARecord) {
    const TemporaryFolder folder;
    EXPECT_EQ(shell(run_small(folder)).exit_code, 0);
    const std::string first = slurp(folder.path("runs/loopback-reuse-off-1.json"));
    EXPECT_EQ(shell(run_small(folder)).exit_code, 0);
    EXPECT_EQ(slurp(folder.path("runs/loopback-reuse-off-1.json")), first);
    EXPECT_NE(slurp(folder.path("runs/loopback-reuse-off-2.json")), "");
}

TEST(Run, KeepsItsRecordWhereNobodyListens) {
    const TemporaryFolder folder;
    const Ended deaf = shell(run_small(folder, "2>/dev/full"));
    EXPECT_EQ(deaf.exit_code, 0);
    const Ended mute = shell(run_small(folder, ">/dev/full"));
    EXPECT_EQ(mute.exit_code, 3);
    EXPECT_THAT(mute.err, HasSubstr("could not be written to stdout"));
    EXPECT_NE(slurp(folder.path("runs/loopback-reuse-off-2.json")), "");
}

TEST(Run, TwoAtATimeDoNotTakeEachOthersRecord) {
    const TemporaryFolder folder;
    Started one(run_small(folder, "--seed 1")), other(run_small(folder, "--seed 2"));
    const Ended first = one.wait(), second = other.wait();
    EXPECT_THAT(first.out, HasSubstr("seed 1"));
    EXPECT_THAT(second.out, HasSubstr("seed 2"));
    EXPECT_NE(slurp(folder.path("runs/loopback-reuse-off-2.json")), "");
}

TEST(Compare, RefusesToCallDifferentScenariosRepeats) {
    const TemporaryFolder folder;
    shell(run_small(folder));
    shell(run_small(folder, "--set load.rate=200/s"));
    const Ended ended = shell("portdrought report --compare " + folder.path("runs/*.json"));
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("different settings"));
}

TEST(Run, PrintsOneJsonObjectOnRequest) {
    const TemporaryFolder folder;
    const Ended ended = shell(run_small(folder, "--format json --quiet"));
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.out, HasSubstr("portdrought.result/1"));
    EXPECT_THAT(ended.out, HasSubstr("no_port_connect"));
    EXPECT_EQ(ended.err, "");
}

TEST(Run, AnInvalidMeasurementIsExitFour) {
    const TemporaryFolder folder;
    const Ended ended = shell(run_small(folder, "--set load.in_flight=1 --set load.hold=500ms"));
    EXPECT_EQ(ended.exit_code, 4) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("never started"));
}

TEST(Compare, InterleavesVariantsAndKeepsEveryRecord) {
    const TemporaryFolder folder;
    const Ended ended =
        shell(std::string("portdrought compare loopback-reuse --repeat 2") + small + "-o " + folder.path("runs"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const record::RunRecord first = record::read_file(folder.path("runs/loopback-reuse-loopback-1.json"));
    const record::RunRecord second = record::read_file(folder.path("runs/loopback-reuse-off-2.json"));
    EXPECT_EQ(first.repetition, 1U);
    EXPECT_EQ(second.repetition, 2U);
    EXPECT_LE(first.started_at, second.started_at);
    EXPECT_THAT(ended.out, HasSubstr("loopback"));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // whose own memory would be in the figure
// Samples every 10 ms, more connections than any table of the program has room for, thousands of tracked pairs.
TEST(Run, KeepsWithinItsMemoryBound) {
    const TemporaryFolder folder;
    const Ended ended = shell(
        "portdrought run loopback-reuse --variant off --set host.ports=10000-60999 --set load.rate=max "
        "--set load.duration=6s --set lab.sample=10ms --set host.timed_wait_delay=1s -o " +
        folder.path("runs"));
    EXPECT_EQ(ended.exit_code, 0) << ended.out;
    const record::RunRecord record = record::read_file(folder.path("runs/loopback-reuse-off-1.json"));
    EXPECT_GT(record.totals.connected, 20'000U);
    const std::uint64_t tracked = record.totals.time_wait_peak.value_or(0);
    EXPECT_LT(ended.peak_memory_bytes, 64ULL * 1024 * 1024 + 64 * tracked);
}
#endif

class Interrupted : public testing::TestWithParam<int> {};

TEST_P(Interrupted, KeepsAReadableRecordAndIsExit130) {
    const TemporaryFolder folder;
    Started started("exec " + run_small(folder, "--set load.duration=30s"));
    std::this_thread::sleep_for(1500ms);
    ::kill(started.pid(), GetParam());
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 130) << ended.err;
    const record::RunRecord record = record::read_file(folder.path("runs/loopback-reuse-off-1.json"));
    EXPECT_TRUE(record.interrupted);
    EXPECT_GT(record.totals.attempts, 0U);
    EXPECT_EQ(record.totals.attempts, record.totals.outcomes.total());
}

INSTANTIATE_TEST_SUITE_P(Signals, Interrupted, testing::Values(SIGINT, SIGTERM));

TEST(Machine, TooFewDescriptorsIsExitThreeWithTheRemedy) {
    const TemporaryFolder folder;
    const Ended ended = shell("ulimit -n 100; portdrought run loopback-reuse --variant off -o " + folder.path("runs"));
    EXPECT_EQ(ended.exit_code, 3) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("descriptors"));
    EXPECT_THAT(ended.err, HasSubstr("prlimit"));
    EXPECT_THAT(shell("ulimit -n 100; portdrought doctor").out, HasSubstr("descriptors"));
}

// A user namespace that allows no further one, and an ordinary user in it: what a locked-down host looks like.
TEST(Machine, NoUserNamespacesIsExitThreeWithTheRemedy) {
    const TemporaryFolder folder;
    const auto locked = [&](const std::string& command) {
        return shell(
            "unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && "
            "exec setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all --securebits=+noroot " +
            command + "'");
    };
    const Ended run = locked("portdrought run loopback-reuse --variant off -o " + folder.path("runs"));
    EXPECT_EQ(run.exit_code, 3) << run.err;
    EXPECT_THAT(run.err, HasSubstr("user.max_user_namespaces"));
    EXPECT_THAT(run.err, HasSubstr("sysctl"));
    const Ended doctor = locked("portdrought doctor");
    EXPECT_EQ(doctor.exit_code, 3);
    EXPECT_THAT(doctor.out, HasSubstr("user.max_user_namespaces"));
    EXPECT_EQ(locked("portdrought list").exit_code, 0);
}

TEST(Machine, AnOrdinaryUserCanRunAScenario) {
    const TemporaryFolder folder;
    const std::string as_nobody = ::geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
    const Ended ended = shell("cd " + folder.path(".") + " && cp " PORTDROUGHT_PROGRAM " ./pd && " + as_nobody +
                              "./pd run loopback-reuse --variant off" + small + "-o ./runs");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("Ports ran out"));
}

}  // namespace
}  // namespace portdrought::cli
