// Every word of --format from the outside, on runs of the model: a program gets what the word promises, and nothing
// else on stdout.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "cli/option_table.hpp"
#include "cli/program.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Matcher;
using testing::Not;
using testing::StartsWith;

const std::string scenario =
    "name = \"few\"\n[lab]\nengine = \"model\"\n[host]\nports = \"40000-40099\"\n[load]\nrate = \"50/s\"\n"
    "duration = \"5s\"\n[[expect]]\nthat = \"outcomes.no_port_connect == 0\"\n";

const std::map<std::string_view, Matcher<std::string>>& forms() {
    static const std::map<std::string_view, Matcher<std::string>> all{
        {"text", HasSubstr("few")},
        {"json", AllOf(StartsWith("{\n"), EndsWith("}\n"), HasSubstr("\"schema\": \"portdrought."))},
        {"github", StartsWith("::error ")},
        {"markdown", AllOf(StartsWith("## portdrought\n\n**"), EndsWith("</code>\n"))},
        {"csv", AllOf(StartsWith("scenario,"), EndsWith("\r\n"))},
        {"junit", AllOf(StartsWith("<?xml "), EndsWith("</testsuites>\n"))},
        {"openmetrics", AllOf(StartsWith("# TYPE portdrought_run info\n"), Not(HasSubstr("portdrought_sampled_")),
                              EndsWith("\n# EOF\n"))},
        {"openmetrics-samples",
         AllOf(StartsWith("# TYPE portdrought_run info\n"),
               testing::ContainsRegex("portdrought_sampled_time_wait\\{[^}]*\\} [0-9]+ [0-9]+\\.[0-9]+\n"),
               EndsWith("\n# EOF\n"))}};
    return all;
}

/// `arguments` stand behind the command's name.
void expect_every_format(const std::string& command, const std::string& arguments, int exit_code) {
    const Option* option = find_option(*find_command(command), "format");
    ASSERT_NE(option, nullptr) << command;
    for (const std::string_view word : words_of(option->words)) {
        SCOPED_TRACE(fmt::format("{} --format {}", command, word));
        const TemporaryFolder folder;
        const std::string output = command == "report"  ? ""
                                   : command == "sweep" ? "-o " + folder.path("sweep.json")
                                                        : "-o " + folder.path("runs");
        const Ended ended =
            shell(fmt::format("portdrought {} {} {} --format {} --no-color", command, arguments, output, word));
        EXPECT_EQ(ended.exit_code, exit_code) << ended.err;
        EXPECT_THAT(ended.out, forms().at(word));
        if (word == "json") {
            EXPECT_NO_THROW(record::parse_json(ended.out, "stdout"));
        }
    }
}

TEST(Formats, AreWhatTheyPromise) {
    const TemporaryFolder folder;
    const std::string file = folder.write("few.toml", scenario), runs = folder.path("runs");
    expect_every_format("run", file, 0);
    expect_every_format("compare", file + " --repeat 2", 0);
    expect_every_format("check", file, 1);
    expect_every_format("sweep", file + " --vary load.rate=10/s,50/s", 0);
    expect_every_format("knee", file + " --quiet --budget 20s", 0);
    ASSERT_EQ(shell("portdrought run " + file + " -o " + runs).exit_code, 0);
    expect_every_format("report", runs + "/*.json", 0);
}

}  // namespace
}  // namespace portdrought::cli
