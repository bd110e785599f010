// --serve from the outside: a run on the kernel while it goes on, one of the model on a terminal after it has ended.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"
#include "serve/http_client.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using serve::get;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ServeTest : public testing::Test {
protected:
    /// Where the program says the page is.
    std::uint16_t port() {
        for (int i = 0; i < 500; ++i, std::this_thread::sleep_for(20ms)) {
            const std::string said = slurp(folder_.path("err")), before = "live page at http://127.0.0.1:";
            const std::size_t at = said.find(before);
            if (at != said.npos && said.find('/', at + before.size()) != said.npos)
                return static_cast<std::uint16_t>(std::stoul(said.substr(at + before.size())));
        }
        ADD_FAILURE() << slurp(folder_.path("err"));
        return 0;
    }

    /// What it says on stderr, once `wanted` is there.
    std::string said_with(const std::string& wanted) {
        std::string said;
        for (int i = 0; i < 500 && said.find(wanted) == said.npos; ++i, std::this_thread::sleep_for(20ms))
            said = slurp(folder_.path("err"));
        return said;
    }

    std::string state_with(std::uint16_t port, const std::string& wanted) {
        std::string state;
        for (int i = 0; i < 500 && state.find(wanted) == state.npos; ++i, std::this_thread::sleep_for(20ms))
            state = get(port, "/state");
        return state;
    }

    TemporaryFolder folder_;
};

TEST_F(ServeTest, ShowsARunOnTheKernelWhileItGoesOn) {
    Started started(
        fmt::format("exec portdrought run loopback-reuse --variant off --set load.duration=2500ms -q "
                    "-o {0} --serve 127.0.0.1:0 2>{1}",
                    folder_.path("runs"), folder_.path("err")));
    const std::uint16_t at = port();
    EXPECT_THAT(get(at, "/"), HasSubstr("/live.js"));
    EXPECT_THAT(state_with(at, "1 of 2 s"), HasSubstr("run 1: loopback-reuse, off, "));
    EXPECT_THAT(get(at, "/report"), AllOf(StartsWith("HTTP/1.1 200 OK"), HasSubstr("This run goes on: "),
                                          HasSubstr("time-wait"), Not(HasSubstr("could not be made"))));
    EXPECT_THAT(get(at, "/", "", "rebound.example:" + std::to_string(at)), StartsWith("HTTP/1.1 421 "));
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 0) << slurp(folder_.path("err"));
    EXPECT_THAT(ended.out, HasSubstr("Ports ran out"));
    EXPECT_EQ(get(at, "/state"), "") << "it goes with the command";
}

TEST_F(ServeTest, StaysOnATerminalUntilCtrlC) {
    // stderr has to be the terminal, so what it says is read from script's own copy. The shell that script starts gives
    // way to the program: a shell that waits for it would end by Ctrl-C itself, with 130.
    Started started(
        fmt::format("mkfifo {0}; (cat {0}) | SHELL=/bin/sh script -qfec 'exec portdrought check loopback-reuse "
                    "--engine model -q -o {1} --serve 127.0.0.1:0' {2} >/dev/null",
                    folder_.path("keys"), folder_.path("runs"), folder_.path("err")));
    const std::uint16_t at = port();
    EXPECT_THAT(state_with(at, "\"ended\": true"), HasSubstr("all have ended"));
    EXPECT_THAT(get(at, "/report"), AllOf(HasSubstr("portdrought check loopback-reuse"), Not(HasSubstr("goes on"))));
    EXPECT_THAT(said_with("until Ctrl-C"), HasSubstr("until Ctrl-C"));
    shell("printf '\\003' >" + folder_.path("keys"));
    EXPECT_EQ(started.wait().exit_code, 0) << "the results were complete";
    EXPECT_EQ(get(at, "/state"), "");
}

TEST_F(ServeTest, RefusesAnyOtherAddressBeforeAnythingIsRun) {
    for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:80", "8080"}) {
        const Ended ended = shell(
            fmt::format("portdrought run article --engine model -o {} --serve '{}'", folder_.path("runs"), address));
        EXPECT_EQ(ended.exit_code, 2);
        EXPECT_THAT(ended.err, AllOf(HasSubstr("--serve"), HasSubstr("127.0.0.1:0 for any free port")));
    }
    EXPECT_TRUE(folder_.files().empty());
}

}  // namespace
}  // namespace portdrought::cli
