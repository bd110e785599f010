// The sweep command with an engine that may run in several threads; no kernel, no child process.
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "cli/sweep_command.hpp"
#include "record/sweep_file.hpp"
#include "sweep/fake_engine.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

class SweepThreads : public testing::Test {
protected:
    SweepThreads() {
        line_.command = "sweep";
        line_.names = {folder_.write("some.toml", "[load]\nrate = \"10/s\"\n")};
        line_.vary = {"load.rate=1/s..20/s:1", "load.in_flight=1,2,3"};
        line_.quiet = true;
    }

    /// With so many threads, into a file of its own.
    std::string made_by(std::uint32_t jobs) {
        line_.jobs = jobs;
        line_.output = folder_.path(std::to_string(jobs) + ".json");
        EXPECT_EQ(sweep_with(line_, sweep::fake_engines(3ms)), exit_fine);
        return slurp(line_.output);
    }

    TemporaryFolder folder_;
    CommandLine line_;
};

TEST_F(SweepThreads, MakeTheSameBytesHoweverManyThereAre) {
    const std::string one = made_by(1);
    EXPECT_EQ(record::sweep_from_json(one, "one").rows.size(), 60U);
    EXPECT_EQ(made_by(2), one);
    EXPECT_EQ(made_by(9), one);
}

TEST_F(SweepThreads, KeepWhatIsMadeWhenInterruptedAndGoOnToTheSameBytes) {
    const std::string whole = made_by(3);
    line_.output = folder_.path("cut.json");
    std::thread killer([&] {
        while (slurp(folder_.path("cut.json.partial")).find("{\"point\"") == std::string::npos)
            std::this_thread::sleep_for(1ms);
        ::kill(::getpid(), SIGINT);
    });
    const int code = sweep_with(line_, sweep::fake_engines(100ms));
    killer.join();
    EXPECT_EQ(code, exit_interrupted);
    const auto cut = record::read_sweep_file(line_.output);
    EXPECT_GE(cut.rows.size(), 1U);
    EXPECT_LT(cut.rows.size(), 60U);
    line_.resume = line_.output;
    EXPECT_EQ(sweep_with(line_, sweep::fake_engines()), exit_fine);
    EXPECT_EQ(slurp(line_.output), whole);
}

TEST_F(SweepThreads, KeepWhatIsMadeWhenAnEngineFails) {
    line_.vary = {"load.retries=0..20:1"};  // the fake engine takes no 13
    line_.output = folder_.path("failed.json");
    line_.jobs = 1;
    EXPECT_THROW(sweep_with(line_, sweep::fake_engines()), std::runtime_error);
    EXPECT_EQ(record::read_sweep_file(line_.output).missing().front(), 13U);
    EXPECT_FALSE(std::filesystem::exists(line_.output + ".partial"));
}

TEST_F(SweepThreads, DoNotRepeatWhatAModelCannotMeasure) {
    line_.vary = {"load.retries=6,7"};  // the fake engine cannot measure 7
    line_.output = folder_.path("out.json");
    EXPECT_EQ(sweep_with(line_, sweep::fake_engines()), exit_invalid);
    line_.resume = line_.output;
    sweep::Engines none = sweep::fake_engines();
    none.make = [](const scenario::Scenario&) -> std::unique_ptr<engine::Engine> {
        ADD_FAILURE() << "nothing is missing";
        return nullptr;
    };
    EXPECT_EQ(sweep_with(line_, none), exit_invalid);
    // ... but another try may do where results differ from run to run.
    sweep::Engines kernel = sweep::fake_engines();
    int made = 0;
    kernel.is_model = [](const scenario::Scenario&) { return false; };
    kernel.make = [&](const scenario::Scenario&) {
        ++made;
        return std::make_unique<sweep::FakeEngine>(0ms);
    };
    EXPECT_EQ(sweep_with(line_, kernel), exit_invalid);
    EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace portdrought::cli
