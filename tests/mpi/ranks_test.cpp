// Sweeps over MPI ranks on this machine, against the same sweep made in one thread here.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"
#include "cli/sweep_setup.hpp"
#include "record/measured_costs.hpp"
#include "record/sweep_file.hpp"
#include "sweep/fake_engine.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Ranks : public testing::Test {
protected:
    Ranks() {
        line_.command = "sweep";
        line_.names = {folder_.write("some.toml", "[load]\nrate = \"10/s\"\n")};
        line_.vary = {"load.rate=1/s..20/s:1", "load.in_flight=1,2,3"};
    }

    std::string file(const std::string& name = "out.json") const { return folder_.path(name); }

    /// More ranks than processors, by whoever runs the tests.
    std::string command(int ranks, const std::string& more = "") const {
        std::string text =
            "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; exec timeout 60 " PORTDROUGHT_MPIEXEC
            " --oversubscribe -n " +
            std::to_string(ranks) + " " PORTDROUGHT_RANKS " -q " + line_.names.front();
        for (const std::string& vary : line_.vary) text += " --vary " + vary;
        return text + ' ' + more;
    }

    std::string made_here() const {
        const sweep::Engines engines = sweep::fake_engines();
        const SweepSetup setup = set_up_sweep(line_, engines);
        record::SweepResult result{setup.header, setup.shard, {}};
        const engine::Observer observer;
        const sweep::Work work(setup.grid, engines, observer);
        for (const std::uint64_t point : result.missing()) result.rows[point] = work.row(point).value();
        return record::to_json(result);
    }

    TemporaryFolder folder_;
    CommandLine line_;
};

TEST_F(Ranks, MakeTheSameBytesHoweverManyThereAre) {
    const std::string expected = made_here();
    for (const int ranks : {1, 2, 3}) {
        const std::string path = file(std::to_string(ranks) + ".json");
        const Ended ended = shell(command(ranks, "-o " + path));
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        EXPECT_EQ(slurp(path), expected) << ranks;
        EXPECT_THAT(ended.out, HasSubstr("60 points, all valid"));
    }
    const Ended threads = shell(command(2, "--jobs 3 -o " + file()));
    EXPECT_EQ(threads.exit_code, 0) << threads.err;
    EXPECT_EQ(slurp(file()), expected);
}

TEST_F(Ranks, MakeAgainOnlyWhatWasLost) {
    const std::string expected = made_here();
    record::SweepResult part = record::sweep_from_json(expected, "here");
    for (const std::uint64_t point : {0, 7, 59}) part.rows.erase(point);
    folder_.write("out.json", record::to_json(part));
    line_.resume = file();
    const Ended ended = shell(command(2, "--resume " + file()));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(slurp(file()), expected);
}

TEST_F(Ranks, SpeakOnceOfAMistake) {
    line_.vary = {"load.rate=fast"};
    const Ended ended = shell(command(2, "-o " + file()));
    EXPECT_EQ(ended.exit_code, 2);
    const std::size_t first = ended.err.find("load.rate: \"fast\" is not a rate");
    EXPECT_NE(first, std::string::npos) << ended.err;
    EXPECT_EQ(ended.err.find("\"fast\"", first + 30), std::string::npos) << ended.err;

    folder_.write("out.json", "{}");
    line_.vary = {"load.rate=1/s,2/s"};
    const Ended there = shell(command(2, "-o " + file()));
    EXPECT_EQ(there.exit_code, 2);
    EXPECT_THAT(there.err, HasSubstr("portdrought-mpi: --output: " + file() + " is there already"));
}

TEST_F(Ranks, KeepWhatIsMadeWhenOneOfThemFails) {
    line_.vary = {"load.retries=0..20:1"};  // the fake engine takes no 13
    const Ended ended = shell(command(2, "-o " + file()));
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_THAT(ended.err, HasSubstr("13 retries are bad luck"));
    const auto kept = record::read_sweep_file(file());
    EXPECT_GE(kept.rows.size(), 1U);
    EXPECT_FALSE(kept.rows.contains(13));
}

TEST_F(Ranks, EndAndKeepWhatTheyCanWhenAFileIsFull) {
    const std::string expected = made_here();
    const std::string limit = std::to_string(expected.size() / 2);
    const Ended ended = shell("export FILE_LIMIT=" + limit + "; " + command(3, "-o " + file()));
    EXPECT_EQ(ended.exit_code, 3) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("portdrought-mpi: write " + file("out.json.partial") + ": EFBIG"));
    const std::size_t kept = record::read_sweep_file(file()).rows.size();
    EXPECT_GE(kept, 10U);
    EXPECT_LT(kept, 60U);
    EXPECT_EQ(shell(command(2, "--resume " + file())).exit_code, 0);
    EXPECT_EQ(slurp(file()), expected);
}

TEST_F(Ranks, EndWhenTheWholeFileCannotBePutInItsPlace) {
    line_.vary = {"load.in_flight=1..400:1"};
    Started started(command(2, "-o " + file()));
    for (int i = 0; i < 2000 && !std::filesystem::exists(file("out.json.partial")); ++i)
        std::this_thread::sleep_for(5ms);
    std::filesystem::create_directory(file());
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 3) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("portdrought-mpi: write " + file()));
    EXPECT_EQ(record::read_sweep_file(file("out.json.partial")).rows.size(), 400U);
}

TEST_F(Ranks, TellThatAPointIsNotValid) {
    line_.vary = {"load.retries=5..8:1"};  // the fake engine cannot measure 7
    const Ended ended = shell(command(2, "-o " + file()));
    EXPECT_EQ(ended.exit_code, 4) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("4 points, 1 not valid"));
}

TEST_F(Ranks, KeepWhatIsMadeWhenTheJobIsStopped) {
    line_.vary = {"load.in_flight=1..2000:1"};
    Started started(command(2, "-o " + file()));
    while (slurp(file("out.json.partial")).find("\"point\": 20,") == std::string::npos)
        std::this_thread::sleep_for(10ms);
    ::kill(started.pid(), SIGTERM);
    EXPECT_NE(started.wait().exit_code, 0);
    // mpirun leaves ranks a second; rank 0 needs less, and if it did not, the partial file would be there.
    const bool is_finished = std::filesystem::exists(file());
    const auto kept = record::read_sweep_file(is_finished ? file() : file("out.json.partial"));
    EXPECT_GE(kept.rows.size(), 20U);
    EXPECT_LT(kept.rows.size(), 2000U);
}

/// Two ranks with the real model, each with its own folder of stored costs.
class RanksWithCosts : public testing::Test {
protected:
    Ended sweep(const std::string& more) const {
        return shell("export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; cd " + folder_.path("") +
                     "; exec " PORTDROUGHT_MPIEXEC
                     " --oversubscribe -n 2 sh -c 'XDG_CONFIG_HOME=$PWD/$OMPI_COMM_WORLD_RANK exec " PORTDROUGHT_PROGRAM
                     " -q port-cliff --engine model --set load.duration=100ms --vary load.rate=100/s,200/s " +
                     more + "'");
    }
    std::string store(const std::string& rank, core::Duration connect) const {
        record::MeasuredCosts costs{"2026-11-22T20:00:00Z", "6.18.0", "x86_64", 2, "0.1.0", 1, {}, 10'000};
        costs.all.fill({connect, connect, connect});
        std::filesystem::create_directories(folder_.path(rank + "/portdrought"));
        return folder_.write(rank + "/portdrought/costs.json", record::to_json(costs));
    }
    TemporaryFolder folder_;
};

TEST_F(RanksWithCosts, MustAgreeOnThem) {
    store("0", std::chrono::microseconds{20});
    store("1", std::chrono::microseconds{21});
    const Ended ended = sweep("-o out.json");
    EXPECT_EQ(ended.exit_code, 2) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("the same scenario file and the same costs (--costs)"));
    EXPECT_FALSE(std::filesystem::exists(folder_.path("out.json")));

    EXPECT_EQ(sweep("--costs 1/portdrought/costs.json -o named.json").exit_code, 0);
    store("0", std::chrono::microseconds{21});
    EXPECT_EQ(sweep("-o stored.json").exit_code, 0);
    EXPECT_THAT(record::read_sweep_file(folder_.path("stored.json")).header.costs, HasSubstr("measured 2026-11-22"));
    EXPECT_EQ(slurp(folder_.path("stored.json")), slurp(folder_.path("named.json")));
}

TEST(RanksProgram, PlaysTheModelOnTwoRanksAsOneProcessDoes) {
    const TemporaryFolder folder;
    const std::string sweep = " port-cliff --engine model -q --vary load.rate=200/s..800/s:200 -o ";
    const Ended ranks =
        shell("export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; exec " PORTDROUGHT_MPIEXEC
              " --oversubscribe -n 2 " PORTDROUGHT_PROGRAM +
              sweep + folder.path("ranks.json"));
    ASSERT_EQ(ranks.exit_code, 0) << ranks.err;
    const Ended alone = shell("portdrought sweep" + sweep + folder.path("alone.json"));
    ASSERT_EQ(alone.exit_code, 0) << alone.err;
    EXPECT_EQ(slurp(folder.path("ranks.json")), slurp(folder.path("alone.json")));
}

TEST(RanksProgram, RunsNoKernelEngine) {
    const TemporaryFolder folder;
    const Ended ended = shell("portdrought-mpi default-linux --vary load.rate=1/s,2/s -o " + folder.path("out.json"));
    EXPECT_EQ(ended.exit_code, 2) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("the kernel engine makes one lab at a time on each machine"));
    EXPECT_TRUE(folder.files().empty());
}

}  // namespace
}  // namespace portdrought::cli
