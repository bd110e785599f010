// The live lines: what is kept where there is little room, and what a real terminal of any width gets.
#include <gmock/gmock.h>

#include <algorithm>

#include "cli/live_line.hpp"
#include "cli/program.hpp"
#include "cli/progress_line.hpp"
#include "cli/sweep_progress.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

LiveRun some_run() {
    LiveRun run{"article, as explained, 2 of 3", 5, 6, {}, 75s};
    run.progress.t_s = 119;
    run.progress.planned_s = 380;
    run.progress.time_wait = 2088;
    run.progress.time_wait_client = 1988;
    run.progress.ports_capacity = 3976;
    run.progress.outcomes[core::Outcome::no_port_connect] = 4702;
    run.progress.achieved_per_s = 16.6;
    run.progress.offered_per_s = 33.3;
    return run;
}

std::string line_at(std::size_t width, bool ascii = true) { return live_text(some_run(), {width, false, ascii}); }

TEST(LiveLine, SaysAllWhereThereIsRoom) {
    EXPECT_EQ(
        line_at(200),
        "article, as explained, 2 of 3  run 5/6  119/380 s  TIME_WAIT  [###############---------------]  1,988/3,976"
        "  failed 4,702  made 16.6/s  of 33.3/s  75 s left");
}

TEST(LiveLine, LosesItsLeastImportantPartsFirst) {
    EXPECT_EQ(line_at(80), "TIME_WAIT  [########--------]  1,988/3,976  failed 4,702  made 16.6/s  75 s left");
    EXPECT_EQ(line_at(90),
              "article, as expla~  TIME_WAIT  [###---]  1,988/3,976  failed 4,702  made 16.6/s  75 s left");
    EXPECT_EQ(line_at(40), "[######-------]  failed 4,702  75 s left");
    EXPECT_EQ(line_at(12), "[#####-----]");
    EXPECT_EQ(line_at(7), "") << "no room for a bar";
    EXPECT_EQ(line_at(0), "");
}

TEST(LiveLine, IsNeverWiderThanTheTerminalWhateverTheLabel) {
    for (const bool ascii : {false, true})
        for (const std::string label : {"plain", "端口耗尽，一个场景", "", "…–×", "\xff\xfe"})
            for (std::size_t width = 0; width < 220; ++width) {
                LiveRun run = some_run();
                run.label = label;
                EXPECT_LE(columns_of(live_text(run, {width, false, ascii})), width) << label;
                const LiveSweep sweep{1000, 300, 7, 10, 25, run.progress};
                EXPECT_LE(columns_of(live_text(sweep, {width, false, ascii})), width);
            }
}

TEST(LiveLine, CountsIdeographsAsTwoColumns) {
    EXPECT_EQ(columns_of("端口"), 4U);
    EXPECT_EQ(columns_of("█░…a"), 4U);
}

TEST(LiveLine, ColoursOnlyMarkWhatIsThere) {
    std::string coloured = live_text(some_run(), {120, true, false});
    EXPECT_THAT(coloured, HasSubstr("\x1b[1;31mfailed 4,702\x1b[0m"));
    for (std::size_t at; (at = coloured.find('\x1b')) != std::string::npos;)
        coloured.erase(at, coloured.find('m', at) + 1 - at);
    EXPECT_EQ(coloured, live_text(some_run(), {120, false, false}));
}

TEST(LiveLine, FullPortsAreRed) {
    LiveRun run = some_run();
    run.progress.time_wait_client = run.progress.ports_capacity;
    EXPECT_THAT(live_text(run, {40, true, true}), StartsWith("[\x1b[1;31m#"));
}

TEST(LiveLine, WhatTheServerHoldsTakesNoPorts) {
    LiveRun run = some_run();
    run.progress.time_wait = run.progress.time_wait_server = 50;
    run.progress.ports_capacity = 100;
    for (const std::optional<std::uint64_t> client : {std::optional<std::uint64_t>{0}, {}}) {
        run.progress.time_wait_client = client;
        EXPECT_THAT(live_text(run, {200, false, true}), HasSubstr("TIME_WAIT  50  failed"));
        EXPECT_THAT(plain_text(run), HasSubstr("TIME_WAIT 50  failed"));
        LiveSweep sweep{10, 3, 0, 10, 25, run.progress};
        EXPECT_THAT(live_text(sweep, {200, false, true}), Not(HasSubstr("TIME_WAIT")));
    }
    run.progress.time_wait_client = 20;
    run.progress.time_wait = 70;
    EXPECT_THAT(live_text(run, {200, false, true}), HasSubstr("]  20/100  failed"));
    EXPECT_THAT(plain_text(run), HasSubstr("TIME_WAIT 20/100  failed"));
    EXPECT_THAT(live_text(LiveSweep{10, 3, 0, 10, 25, run.progress}, {200, false, true}), HasSubstr("TIME_WAIT 20 %"));
}

TEST(LiveLine, OfASweepCountsPointsAndWhatFailed) {
    const LiveSweep sweep{1000, 300, 7, 10, 25};
    EXPECT_EQ(live_text(sweep, {100, false, true}),
              "sweep  [#########---------------------]  300 of 1,000 points  30/s  7 with failures  25 s left");
    EXPECT_EQ(plain_text(sweep), "sweep  300 of 1000 points made, 700 left, 7 with failures, 25 s left");
}

/// What stood in the line, one after the other; the last is what is left there.
std::vector<std::string> lines_shown(const std::string& output) {
    const std::string rewrite = "\r\x1b[K";
    std::vector<std::string> lines;
    std::size_t at = output.find(rewrite);
    while (at != std::string::npos) {
        const std::size_t begin = at + rewrite.size();
        at = output.find(rewrite, begin);
        lines.push_back(output.substr(begin, at == std::string::npos ? at : at - begin));
    }
    return lines;
}

std::vector<std::size_t> columns_of_each(const std::vector<std::string>& lines) {
    std::vector<std::size_t> columns;
    for (const std::string& line : lines) columns.push_back(columns_of(line));
    return columns;
}

std::string modelled(const std::string& command, const TemporaryFolder& folder) {
    return "cd " + folder.path("") + " && export LC_ALL=C.UTF-8 TERM=xterm NO_COLOR=; " + command;
}

TEST(LiveTerminal, NoLineWrapsHoweverNarrowItIs) {
    const TemporaryFolder folder;
    for (const std::uint16_t columns : std::initializer_list<std::uint16_t>{200, 80, 40, 20, 9, 8, 2, 1}) {
        for (const std::string command :
             {"portdrought compare article --engine model --repeat 1",
              "rm -f sweep.json; portdrought sweep article --engine model --variant 'as listed' --vary "
              "load.rate=10/s,20/s"}) {
            const Ended ended = shell_on_terminal(modelled(command, folder), columns);
            const std::vector<std::string> lines = lines_shown(ended.err);
            ASSERT_THAT(lines, SizeIs(testing::Ge(2U))) << command << ended.err;
            EXPECT_THAT(columns_of_each(lines), Each(Le(columns - 1U))) << command;
            EXPECT_EQ(lines.back(), "") << "it is gone when its result comes";
        }
    }
}

TEST(LiveTerminal, ColoursCanBeSwitchedOff) {
    const TemporaryFolder folder;
    const std::string run = "portdrought run article --engine model";
    const auto escapes = [&](const std::string& command) {
        std::string text;
        for (const std::string& line : lines_shown(shell_on_terminal(modelled(command, folder), 100).err)) text += line;
        return text;
    };
    EXPECT_THAT(escapes("unset NO_COLOR; " + run), HasSubstr("\x1b["));
    EXPECT_THAT(escapes("NO_COLOR=1 " + run), Not(HasSubstr("\x1b[")));
    EXPECT_THAT(escapes("unset NO_COLOR; " + run + " --no-color"), Not(HasSubstr("\x1b[")));
}

TEST(LiveTerminal, ADumbOneGetsNoEscapesAtAll) {
    const TemporaryFolder folder;
    const Ended ended =
        shell_on_terminal(modelled("unset NO_COLOR; TERM=dumb portdrought run article --engine model", folder), 100);
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.err, Not(HasSubstr("\x1b")));
}

TEST(LiveTerminal, KeepsToAsciiWhereTheLocaleDoes) {
    const TemporaryFolder folder;
    const Ended ended = shell_on_terminal(
        modelled("LC_ALL=C portdrought run article --variant 'as explained' --engine model", folder), 100);
    EXPECT_THAT(ended.err, HasSubstr("[--"));
    EXPECT_FALSE(std::ranges::any_of(ended.err, [](char c) { return static_cast<unsigned char>(c) > 127; }));
}

TEST(LiveTerminal, NothingIsShownInAFileBeforeFiveSecondsNorWhereItIsQuiet) {
    const TemporaryFolder folder;
    EXPECT_THAT(shell(modelled("portdrought run article --engine model", folder)).err, IsEmpty());
    EXPECT_THAT(shell_on_terminal(modelled("portdrought run article --engine model --quiet", folder), 80).err,
                IsEmpty());
}

}  // namespace
}  // namespace portdrought::cli
