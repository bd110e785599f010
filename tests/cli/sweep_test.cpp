// `sweep` and `merge` from the outside, on the real kernel: 50 ports, runs of 0.2 s.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class Sweep : public testing::Test {
protected:
    std::string file(const std::string& name) const { return folder_.path(name); }
    std::string tiny() const {
        return folder_.write("tiny.toml",
                             "[load]\nrate = \"400/s\"\nduration = \"200ms\"\nin_flight = 64\n[host]\n"
                             "ports = \"20000-20049\"\n");
    }
    /// 100/s take 20 of the 50 ports, 400/s would take 80.
    std::string sweep(const std::string& more, const std::string& output = "out.json") const {
        return "portdrought sweep -q " + tiny() + " --vary load.rate=100/s..400/s:300 --vary host.sources=1,2 " + more +
               " -o " + file(output);
    }
    TemporaryFolder folder_;
};

TEST_F(Sweep, MakesATableAndAFile) {
    const Ended ended = shell(sweep(""));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("tiny: kernel engine, 4 points, all valid"));
    EXPECT_THAT(ended.out, HasSubstr("62.5 %"));
    EXPECT_THAT(ended.out, HasSubstr("ok by rate (down) and sources (across)"));
    EXPECT_THAT(ended.out, HasSubstr("record  " + file("out.json")));
    const auto result = record::read_sweep_file(file("out.json"));
    EXPECT_EQ(record::read_sweep_row(result.rows.at(2), "row").ok, 50U);
    EXPECT_EQ(record::read_sweep_row(result.rows.at(3), "row").ok, 80U);
    EXPECT_EQ(folder_.files().size(), 2U) << "nothing else is left";

    const Ended again = shell(sweep(""));
    EXPECT_EQ(again.exit_code, 2) << "results are never overwritten";
    EXPECT_THAT(again.err, HasSubstr("out.json is there already; name another file, or go on with that sweep"));
}

TEST_F(Sweep, OfShardsIsMergedIntoOne) {
    for (const char* i : {"1", "2", "3"})
        EXPECT_EQ(shell(sweep(std::string("--shard ") + i + "/3", std::string("part-") + i + ".json")).exit_code, 0);
    const std::string merge = "portdrought merge -o " + file("all.json") + " ";
    const Ended lacking = shell(merge + file("part-1.json") + " " + file("part-3.json"));
    EXPECT_EQ(lacking.exit_code, 2);
    EXPECT_THAT(lacking.err, HasSubstr("1 point is missing: 1\n  shard 2/3 is not among the files; make it with "
                                       "--shard 2/3"));
    EXPECT_EQ(slurp(file("all.json")), "");

    const Ended merged = shell(merge + file("part-3.json") + " " + file("part-1.json") + " " + file("part-2.json"));
    EXPECT_EQ(merged.exit_code, 0) << merged.err;
    EXPECT_THAT(merged.out, HasSubstr("4 points, all valid"));
    EXPECT_EQ(record::read_sweep_file(file("all.json")).rows.size(), 4U);
    EXPECT_THAT(slurp(file("all.json")), Not(HasSubstr("shard")));

    ASSERT_EQ(shell(sweep("--set load.duration=100ms", "other.json")).exit_code, 0);
    const Ended different =
        shell("portdrought merge -o " + file("both.json") + " " + file("part-1.json") + " " + file("other.json"));
    EXPECT_EQ(different.exit_code, 2);
    EXPECT_THAT(different.err, HasSubstr("are not of one sweep: load.duration is 200ms there and 100ms here"));
}

TEST_F(Sweep, KeepsWhatIsDoneWhenInterruptedAndGoesOnLater) {
    const std::string longer =
        "portdrought sweep " + tiny() + " --set load.duration=700ms --vary load.in_flight=10,20,30,40 --format json ";
    Started started("exec " + longer + "-o " + file("out.json"));
    while (slurp(file("out.json.partial")).find("\"point\": 0") == std::string::npos) std::this_thread::sleep_for(20ms);
    ::kill(started.pid(), SIGINT);
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 130) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("of 4 points are made; the same command with --resume " + file("out.json")));
    const auto cut = record::read_sweep_file(file("out.json"));
    EXPECT_THAT(cut.rows.size(), testing::AllOf(testing::Ge(1U), testing::Le(3U)));
    EXPECT_EQ(ended.out, record::to_json(cut)) << "--format json prints the file";

    const Ended other = shell(longer + "--seed 2 --resume " + file("out.json"));
    EXPECT_EQ(other.exit_code, 2);
    EXPECT_THAT(other.err, HasSubstr("is of another sweep: lab.seed is 1 there and 2 here"));
    const Ended shard = shell(longer + "--shard 1/2 --resume " + file("out.json"));
    EXPECT_EQ(shard.exit_code, 2);
    EXPECT_THAT(shard.err, HasSubstr("was made with no --shard, this command has --shard 1/2; write the same"));

    const Ended resumed = shell(longer + "--resume " + file("out.json"));
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_THAT(resumed.err, HasSubstr("points are in " + file("out.json") + " already"));
    const auto whole = record::read_sweep_file(file("out.json"));
    EXPECT_EQ(whole.rows.size(), 4U);
    for (const auto& [point, row] : cut.rows) EXPECT_EQ(whole.rows.at(point), row) << "not made again";
}

TEST_F(Sweep, GoesOnAfterItWasKilled) {
    const std::string longer =
        "portdrought sweep -q " + tiny() + " --set load.duration=700ms --vary load.in_flight=10,20,30 ";
    Started started("exec " + longer + "-o " + file("out.json"));
    while (slurp(file("out.json.partial")).find("\"point\": 0") == std::string::npos) std::this_thread::sleep_for(20ms);
    ::kill(started.pid(), SIGKILL);
    EXPECT_EQ(started.wait().exit_code, 128 + SIGKILL);
    const auto left = record::read_sweep_file(file("out.json.partial"));
    const Ended blocked = shell(longer + "-o " + file("out.json"));
    EXPECT_EQ(blocked.exit_code, 2);
    EXPECT_THAT(blocked.err, HasSubstr("out.json.partial is there: another sweep goes on with the same output, or was "
                                       "killed"));
    const Ended resumed = shell(longer + "--resume " + file("out.json.partial"));
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(record::read_sweep_file(file("out.json")).rows.at(0), left.rows.at(0));
    EXPECT_FALSE(std::filesystem::exists(file("out.json.partial")));
}

TEST_F(Sweep, EndsWithFourWhereAPointIsNotValid) {
    // Nobody can start 400 attempts a second with 64 slots that a server keeps for ever.
    const Ended ended = shell(sweep("--set load.workers=1 --set load.in_flight=1 --set server.read_delay=100ms"));
    EXPECT_EQ(ended.exit_code, 4) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("not valid"));
    EXPECT_THAT(ended.out, HasSubstr("point "));
}

TEST_F(Sweep, CountsSeedsUpForRepeats) {
    const Ended ended = shell("portdrought sweep -q " + tiny() + " --repeat 2 --seed 7 -o " + file("out.json"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(slurp(file("out.json")), HasSubstr("\"settings\": {\"lab.seed\": \"8\"}"));
}

}  // namespace
}  // namespace portdrought::cli
