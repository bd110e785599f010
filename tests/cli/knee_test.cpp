// `knee` on the real kernel, small: 1,600 ports that come back after a second.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

/// Knees at 800/s and 1,600/s; runs of 2.2 s of real time.
std::string knee_small(const TemporaryFolder& folder, const std::string& more = "") {
    return "portdrought knee three-knees --set host.ports=20000-21599 --set host.timed_wait_delay=1s "
           "--set load.duration=2200ms --time-scale 1 --resolution 10% -o " +
           folder.path("runs") + " " + more;
}

std::string member(const std::string& json, const std::string& knee, const std::string& name) {
    const std::size_t at = json.find("\"" + name + "\": ", json.rfind("\"" + knee + "\""));
    const std::size_t from = json.find(": ", at) + 2;
    return json.substr(from, json.find_first_of(",\n", from) - from);
}

double number(const std::string& json, const std::string& knee, const std::string& name) {
    const std::string text = member(json, knee, name);
    EXPECT_FALSE(text.empty());
    return std::atof(text.c_str());
}

TEST(Knee, FindsThreeKneesWhereTheLawsSay) {
    const TemporaryFolder folder;
    const Ended ended = shell(knee_small(folder, "--format json --budget 45s"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    for (const char* knee : {"latency_cliff", "first_failure", "steady_ceiling"})
        EXPECT_EQ(member(ended.out, knee, "status"), "\"bracketed\"") << knee << '\n' << ended.err;
    // Wide enough for a busy machine; the cliff, the failure and the ceiling are still three different rates.
    EXPECT_NEAR(number(ended.out, "latency_cliff", "high_per_s"), 800, 120) << ended.err;
    EXPECT_NEAR(number(ended.out, "first_failure", "low_per_s"), 1600, 200) << ended.err;
    EXPECT_NEAR(number(ended.out, "steady_ceiling", "low_per_s"), 1600, 80) << ended.err;
    EXPECT_DOUBLE_EQ(number(ended.out, "steady_ceiling", "predicted_per_s"), 1600);
    EXPECT_NE(slurp(folder.path("runs/three-knees-1.json")), "");
    EXPECT_THAT(ended.out, HasSubstr("three-knees-1.json"));
}

TEST(Knee, ASearchThatIsInterruptedSaysWhatItKnows) {
    const TemporaryFolder folder;
    Started started("exec " + knee_small(folder));
    std::this_thread::sleep_for(3500ms);
    ::kill(started.pid(), SIGINT);
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 130) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("Interrupted"));
    EXPECT_THAT(ended.out, HasSubstr("latency cliff"));
    EXPECT_NE(slurp(folder.path("runs/three-knees-1.json")), "");
}

TEST(Knee, AGeneratorThatCannotHoldAnyRateIsExitFour) {
    const TemporaryFolder folder;
    const Ended ended =
        shell(knee_small(folder, "--set load.in_flight=1 --set load.hold=200ms --set load.duration=500ms --quiet"));
    EXPECT_EQ(ended.exit_code, 4) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("could not hold"));
    EXPECT_THAT(ended.out, HasSubstr("cannot be offered"));
    EXPECT_THAT(ended.out, HasSubstr("5/s         agrees")) << "the slots are the ceiling, and that is predicted";
}

}  // namespace
}  // namespace portdrought::cli
