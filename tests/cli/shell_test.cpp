// Completion and the manual against the option table: each knows all options and no other, and shells can use them.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "cli/completion.hpp"
#include "cli/manual.hpp"
#include "cli/option_table.hpp"
#include "cli/program.hpp"

namespace portdrought::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;

using Names = std::set<std::string>;

/// "-o" and "--output" of every option that `command` takes.
Names spellings_in_table(const Command& command) {
    Names names;
    for (const Option& option : options_of(command)) {
        names.insert(fmt::format("--{}", option.name));
        if (option.letter != '\0') names.insert(fmt::format("-{}", option.letter));
    }
    return names;
}

/// What the first group of `pattern` matches, everywhere.
Names all_of(const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    Names names;
    for (auto match = std::sregex_iterator(text.begin(), text.end(), regex); match != std::sregex_iterator(); ++match)
        names.insert((*match)[1]);
    return names;
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const std::size_t from = text.find(begin);
    if (from == std::string::npos) return "";
    return text.substr(from + begin.size(), text.find(end, from + begin.size()) - from - begin.size());
}

Names in_help(const Command& command) {
    const std::string help = shell(fmt::format("COLUMNS=100 portdrought {} --help", command.name)).out;
    Names names = all_of(help, "\n  (?:-[a-z], |    )(--[a-z-]+)");
    names.merge(all_of(help, "\n  (-[a-z]), --"));
    return names;
}

Names in_bash(const Command& command) {
    const std::string part =
        between(bash_completion(), fmt::format("\n        {})\n", command.name), "\n            ;;\n");
    return all_of(between(part, "options='", "'"), "(-[a-z-]+)");
}

Names in_zsh(const Command& command) {
    const std::string part = between(zsh_completion(), fmt::format("\n        {})\n", command.name), ";;");
    return all_of(part, "\n            '(?:\\*|\\([^)]*\\))?(--?[a-z][a-z-]*)");
}

Names in_fish(const Command& command) {
    Names names;
    std::istringstream lines(fish_completion());
    const std::string begin = fmt::format("complete -c portdrought -n '__portdrought_command {}' ", command.name);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(begin)) continue;
        for (const std::string& name : all_of(line, " -l ([a-z-]+)")) names.insert("--" + name);
        for (const std::string& name : all_of(line.substr(0, line.find(" -l ")), " -s ([a-z])"))
            names.insert("-" + name);
    }
    return names;
}

Names in_manual(const Command& command) {
    const std::string page = manual_page(fmt::format("portdrought-{}", command.name));
    return all_of(between(page, "# OPTIONS\n", "\n# "), "\\*(--?[a-z-]+)\\*");
}

TEST(OptionTable, NoCommandTakesTwoOptionsOfOneName) {
    for (const Command& command : all_commands()) {
        const std::vector<Option> options = options_of(command);
        Names names;
        for (const Option& option : options) names.insert(std::string{option.name});
        EXPECT_EQ(names.size(), options.size()) << command.name;
    }
    for (const Option& option : all_options())
        for (const std::string_view name : words_of(option.commands))
            EXPECT_TRUE(name == "*" || find_command(name) != nullptr) << option.name << " of " << name;
}

TEST(OptionTable, HelpCompletionAndManualKnowItsOptionsAndNoOther) {
    for (const Command& command : all_commands()) {
        const Names table = spellings_in_table(command);
        EXPECT_EQ(in_help(command), table) << command.name;
        EXPECT_EQ(in_bash(command), table) << command.name;
        EXPECT_EQ(in_zsh(command), table) << command.name;
        EXPECT_EQ(in_fish(command), table) << command.name;
        EXPECT_EQ(in_manual(command), table) << command.name;
    }
}

TEST(OptionTable, EveryExampleIsOfItsCommandAndTakesOnlyItsOptions) {
    for (const Command& command : all_commands()) {
        EXPECT_TRUE(std::string{command.example}.starts_with(fmt::format("portdrought {}", command.name)));
        for (const std::string& name : all_of(std::string{command.example}, " (--[a-z-]+)"))
            EXPECT_THAT(spellings_in_table(command), Contains(name));
    }
}

bool has(const std::string& program) { return shell("command -v " + program).exit_code == 0; }

TEST(Completion, IsAcceptedByTheShells) {
    for (const char* name : {"bash", "zsh", "fish"}) {
        if (!has(name)) GTEST_SKIP() << name << " is not installed (./dev setup)";
        const TemporaryFolder folder;
        const std::string file = folder.path("script");
        const Ended ended = shell(fmt::format("portdrought completion {0} > {1} && {0} -n {1}", name, file));
        EXPECT_EQ(ended.exit_code, 0) << name << ended.err;
        EXPECT_THAT(ended.err, IsEmpty()) << name;
    }
}

/// What bash offers for the last of `words`.
std::vector<std::string> bash_offers(const std::string& words) {
    const TemporaryFolder folder;
    const std::string file = folder.write("try.bash", R"(source <(portdrought completion bash)
COMP_WORDS=("$@") COMP_CWORD=$(($#-1))
_portdrought
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}")");
    folder.write("my.toml", "name = \"x\"\n");
    const Ended ended = shell(fmt::format("cd {} && bash {} {}", folder.path(""), file, words));
    EXPECT_EQ(ended.err, "") << words;
    std::istringstream lines(ended.out);
    std::vector<std::string> offers;
    for (std::string line; std::getline(lines, line);) offers.push_back(line);
    return offers;
}

TEST(Completion, OfBashOffersWhatFits) {
    EXPECT_THAT(bash_offers("portdrought com"), ElementsAre("compare", "completion"));
    EXPECT_THAT(bash_offers("portdrought run ''"), IsSupersetOf({"article", "port-cliff", "my.toml"}));
    EXPECT_THAT(bash_offers("portdrought run artic"), ElementsAre("article"));
    EXPECT_THAT(bash_offers("portdrought run --eng"), ElementsAre("--engine"));
    EXPECT_THAT(bash_offers("portdrought run --engine ''"), ElementsAre("kernel", "model"));
    EXPECT_THAT(bash_offers("portdrought run --engine = m"), ElementsAre("model")) << "as bash splits --engine=m";
    EXPECT_THAT(bash_offers("portdrought check article --format g"), ElementsAre("github"));
    EXPECT_THAT(bash_offers("portdrought run article --format g"), IsEmpty());
    EXPECT_THAT(bash_offers("portdrought plan --profile azure-nat"), ElementsAre("azure-nat-gateway"));
    EXPECT_THAT(bash_offers("portdrought show macos"), Contains("macos"));
    EXPECT_THAT(bash_offers("portdrought run article --set load.dur"), ElementsAre("load.duration="));
    EXPECT_THAT(bash_offers("portdrought run article --set load.rate = 5"), IsEmpty());
}

TEST(Completion, OfBashOffersTheVariantsOfTheScenarioOnTheLine) {
    EXPECT_THAT(bash_offers("portdrought run article --seed 3 --variant ''"),
                ElementsAre("as\\ listed", "as\\ explained"));
    EXPECT_THAT(bash_offers("portdrought run article --variant '\"as l'"), ElementsAre("as listed"));
    EXPECT_THAT(bash_offers("portdrought run no-such-scenario --variant ''"), IsEmpty());
}

TEST(Completion, OfFishOffersWhatFits) {
    if (!has("fish")) GTEST_SKIP() << "fish is not installed (./dev setup)";
    const TemporaryFolder folder;
    const std::string file = folder.write("try.fish", R"(portdrought completion fish | source
complete -C 'portdrought run article --variant as'
complete -C 'portdrought run --engine m'
complete -C 'portdrought run port-c')");
    const Ended ended = shell("HOME=" + folder.path("") + " fish --no-config " + file);
    EXPECT_THAT(ended.out, HasSubstr("as listed\t"));
    EXPECT_THAT(ended.out, HasSubstr("model\t"));
    EXPECT_THAT(ended.out, HasSubstr("port-cliff"));
}

TEST(Manual, HasAPageForEachCommandThatScdocAndManRead) {
    if (!has("scdoc")) GTEST_SKIP() << "scdoc is not installed (./dev setup)";
    const TemporaryFolder folder;
    EXPECT_EQ(manual_pages().size(), all_commands().size() + 1);
    for (const std::string& page : manual_pages()) {
        const std::string file = folder.path(page + ".1");
        const Ended made = shell(fmt::format("portdrought manual {} | scdoc > {}", page, file));
        EXPECT_EQ(made.exit_code, 0) << page << made.err;
        for (const char* section : {".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH EXIT STATUS", ".SH EXAMPLES",
                                    ".SH FILES", ".SH ENVIRONMENT", ".SH SEE ALSO"})
            EXPECT_THAT(slurp(file), HasSubstr(section)) << page;
    }
    if (!has("man")) GTEST_SKIP() << "man is not installed (./dev setup)";
    const Ended read = shell("MANWIDTH=80 man --warnings -E UTF-8 -l " + folder.path("portdrought-sweep.1"));
    EXPECT_EQ(read.err, "");
    EXPECT_THAT(read.out, HasSubstr("load.rate=200/s..800/s:200"));
    EXPECT_THAT(read.out, HasSubstr("--shard I/N"));
}

TEST(Manual, WhatThereIsNotIsAMistake) {
    EXPECT_EQ(shell("portdrought manual nonsense").exit_code, 2);
    EXPECT_EQ(shell("portdrought completion tcsh").exit_code, 2);
}

}  // namespace
}  // namespace portdrought::cli
