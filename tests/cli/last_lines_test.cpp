// What every command ends with, and what fits 80 columns; on the model, so it needs no lab.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "cli/live_line.hpp"
#include "cli/next_step.hpp"
#include "cli/program.hpp"

namespace portdrought::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(NextStep, WordsAreReadBackByAShellAsTheyWere) {
    for (const std::string word : {"plain", "as listed", "", "a\"b", "kernel's search", "$HOME `id` \\",
                                   "nat.ports=1-2,3", "stop!", "it's \"quoted\"!", "{1,0}", "*", "~", "端口"})
        EXPECT_EQ(shell("printf %s " + shell_word(word)).out, word);
    EXPECT_EQ(shell_word("load.rate=500/s"), "load.rate=500/s");
    EXPECT_EQ(shell_word("as listed"), "\"as listed\"");
}

TEST(NextStep, KeepsTheSettingsByTheOptionsThatACommandHas) {
    CommandLine line;
    line.names = {"my scenario.toml"};
    line.variant = "60 s";
    line.settings = {{"load.rate=5/s", ""}, {"lab.engine=model", "--engine model"}};
    EXPECT_EQ(same_scenario("run", line),
              "portdrought run \"my scenario.toml\" --variant \"60 s\" --set load.rate=5/s --engine model");
    EXPECT_EQ(same_scenario("compare", line),
              "portdrought compare \"my scenario.toml\" --set load.rate=5/s --engine model");
    EXPECT_EQ(same_scenario("plan", line),
              "portdrought plan \"my scenario.toml\" --variant \"60 s\" --set load.rate=5/s --set lab.engine=model");
}

/// The last line, without "  next    "; empty where it says something else.
std::string next_of(const std::string& out) {
    constexpr std::string_view label = "\n  next    ";
    const std::size_t at = out.rfind(label);
    if (at == std::string::npos || out.find('\n', at + label.size()) != out.size() - 1) return "";
    return out.substr(at + label.size(), out.size() - at - label.size() - 1);
}

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) > 127; }

class LastLines : public testing::Test {
protected:
    Ended in_folder(const std::string& command) const {
        return shell("cd " + folder_.path("") + " && export COLUMNS=80 LC_ALL=C.UTF-8; " + command);
    }
    TemporaryFolder folder_;
};

constexpr const char* my_scenario = R"(
name     = "mine"
title    = "Mine"
question = "Does it fit?"
[host]
ports = "20000-20099"
[load]
rate = "300/s"
duration = "1s"
[[variant]]
name = "two words"
[[variant]]
name = "it's $HOME"
host.timed_wait_delay = "1s"
[[expect]]
that = "outcomes.ok > 0"
)";

TEST_F(LastLines, NameTheRecordsAndACommandThatWorks) {
    folder_.write("my file.toml", my_scenario);
    const std::string model = " --engine model";
    for (const std::string& command :
         {"run article" + model, "run 'my file.toml'" + model, "compare article --repeat 1" + model,
          "compare 'my file.toml' --repeat 1 --set load.rate=200/s --output 'some records'" + model,
          "check 'my file.toml' --seed 7" + model, "check 'my file.toml' --set host.ports=20000-20004" + model,
          "knee 'my file.toml' --variant \"it's \\$HOME\" --budget 2s" + model,
          "sweep 'my file.toml' --vary load.rate=50/s,200/s" + model}) {
        const Ended ended = in_folder("portdrought " + command);
        EXPECT_THAT(ended.out, HasSubstr("\n  record  ")) << command << ended.err;
        const std::string next = next_of(ended.out);
        ASSERT_NE(next, "") << command << '\n' << ended.out;
        const Ended then = in_folder(next);
        EXPECT_EQ(then.exit_code, 0) << command << "\n says " << next << '\n' << then.err;
    }
}

TEST_F(LastLines, OfWhatMakesNoRecordsNameACommandThatWorks) {
    in_folder("portdrought run article --variant 'as listed' --engine model");
    for (const char* command : {"report runs/article-as-listed-1.json", "diagnose runs/article-as-listed-1.json",
                                "list", "plan azure-nat-fin-or-rst", "plan --rate 500/s",
                                "plan --profile azure-nat-gateway --hosts 20 --rate 40/s"}) {
        const Ended ended = in_folder(std::string{"portdrought "} + command);
        const std::string next = next_of(ended.out);
        ASSERT_NE(next, "") << command << '\n' << ended.out;
        EXPECT_EQ(in_folder(next).exit_code, 0) << command << "\n says " << next;
    }
    EXPECT_THAT(in_folder("portdrought plan --rate 500/s --format json").out, Not(HasSubstr("  next")));
    EXPECT_THAT(next_of(in_folder("portdrought doctor").out), HasSubstr("portdrought run "));
}

TEST_F(LastLines, NoNameOfAFileReachesTheTerminalRaw) {
    in_folder(
        "portdrought run article --variant 'as listed' --engine model && mv runs/*.json \"$(printf "
        "'\\033[31mred.json')\"");
    for (const char* command : {"report", "diagnose"}) {
        const Ended ended = in_folder(fmt::format("portdrought {} *red.json", command));
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("record ")) << command;
        EXPECT_THAT(ended.out, HasSubstr("?[31mred.json")) << command;
        EXPECT_THAT(ended.out, Not(HasSubstr("\x1b"))) << command;
    }
}

TEST_F(LastLines, KeepSettingsAndNameTheRunThatFailed) {
    const Ended run = in_folder("portdrought run article -q --engine model --variant 'as listed' --set load.rate=50/s");
    EXPECT_EQ(next_of(run.out), "portdrought compare article --set load.rate=50/s --engine model");
    EXPECT_THAT(next_of(in_folder("portdrought report runs/article-as-listed-1.json").out),
                testing::StartsWith("portdrought diagnose runs/"))
        << "how the record's settings were written is not known";
    in_folder("rm -r runs; portdrought run article -q --engine model --variant 'as listed'");
    EXPECT_EQ(next_of(in_folder("portdrought report runs/article-as-listed-1.json").out),
              "portdrought compare article --engine model");
    folder_.write("fails.toml", std::string{my_scenario} + "[[expect]]\nthat = \"outcomes.ok < 50\"\n" +
                                    "variant = \"it's $HOME\"\n");
    const Ended check = in_folder("portdrought check fails.toml -q --engine model");
    EXPECT_EQ(check.exit_code, 1) << check.out << check.err;
    EXPECT_THAT(next_of(check.out), testing::StartsWith("portdrought diagnose runs/mine-it"));
}

/// Of a scenario whose words would be read backwards; what it prints shows none of them as they are.
TEST_F(LastLines, AndAllAboveThemHoldNoHiddenCharacter) {
    folder_.write("evil.toml",
                  "name = \"evil\"\ntitle = \"a\u202Eb\u2066\"\nquestion = \"c\u202Ed\"\n[host]\nports = "
                  "\"20000-20099\"\n[load]\nrate = \"300/s\"\nduration = \"1s\"\n[[variant]]\nname = "
                  "\"v\u202Ew\"\n[[variant]]\nname = \"x\"\nload.rate = \"20/s\"\n[[expect]]\nthat = \"outcomes.ok "
                  "> 1\"\n");
    for (const char* command : {"run evil.toml -q --engine model", "compare evil.toml -q --repeat 1 --engine model",
                                "check evil.toml -q --engine model", "show evil.toml", "plan evil.toml",
                                "diagnose runs/*", "knee evil.toml -q --engine model --budget 1s", "list",
                                "sweep evil.toml -q --engine model -o s.json --vary load.rate=10/s,20/s"}) {
        const Ended ended = in_folder(std::string{"portdrought "} + command);
        EXPECT_THAT(ended.exit_code, testing::AnyOf(0, 4)) << command << ended.err;
        EXPECT_THAT(ended.out + ended.err, AllOf(Not(HasSubstr("\u202E")), Not(HasSubstr("\u2066")))) << command;
    }
}

/// Lines wider than that; a path is a word that cannot be broken.
std::string too_wide(const std::string& text, std::size_t columns) {
    std::istringstream lines(text);
    std::string found;
    for (std::string line; std::getline(lines, line);)
        if (columns_of(line) > columns && !line.starts_with("  next ")) found += line + '\n';
    return found;
}

TEST_F(LastLines, AndAllAboveThemFitTheTerminal) {
    const auto expect_fits = [&](const std::string& command) {
        for (const bool ascii : {false, true}) {
            const Ended ended = in_folder((ascii ? "export LC_ALL=C; portdrought " : "portdrought ") + command);
            EXPECT_THAT(ended.exit_code, testing::AnyOf(0, 1, 4)) << command << ended.err;
            EXPECT_EQ(too_wide(ended.out, 80), "") << command;
            EXPECT_FALSE(ascii && std::ranges::any_of(ended.out, is_beyond_ascii)) << command;
        }
    };
    for (const std::string scenario : {"article", "aws-55000-connections", "cgnat-blocks"}) {
        for (const char* command : {"run -o records --engine model ", "plan ", "plan --simulate "})
            expect_fits(command + scenario);
        for (const char* command : {"report records/*", "report --compare records/*", "diagnose records/*"})
            expect_fits(command);
        in_folder("rm -r records");
    }
    for (const std::string scenario : {"article", "port-cliff"})
        for (const char* command : {"compare --repeat 4 --engine model ", "knee --budget 1s --engine model ",
                                    "sweep --vary lab.seed=1,2 --vary load.rate=20/s,30/s -o $$.json --engine model "})
            expect_fits(command + scenario);
    for (const char* command : {"plan mitigation-matrix", "plan loopback-reuse", "list", "doctor", "plan --rate 500/s",
                                "check azure-nat-fin-or-rst", "--help", "run --help", "plan --help"})
        expect_fits(command);
}

}  // namespace
}  // namespace portdrought::cli
