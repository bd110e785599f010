// portdrought check on the real kernel: what holds, what fails, what cannot be judged, and the files it writes.
#include <gmock/gmock.h>

#include <filesystem>

#include "cli/program.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// 50 ports at 400/s for 0.4 s: exhausted after 0.125 s; with five destinations they last.
constexpr const char* quick = R"(name = "quick"
[load]
rate = "400/s"
duration = "400ms"
in_flight = 64
[host]
ports = "20000-20049"
[[variant]]
name = "one"
[[variant]]
name = "five"
host.destinations = 5
)";

std::string expecting(const std::string& that, const std::string& variant = "") {
    return "[[expect]]\nthat = \"" + that + "\"\n" + (variant.empty() ? "" : "variant = \"" + variant + "\"\n");
}

class Check : public testing::Test {
protected:
    std::string scenario(const std::string& expectations, const std::string& name = "quick.toml") const {
        return folder_.write(name, quick + expectations);
    }
    Ended check(const std::string& arguments) const {
        return shell("portdrought check -q -o " + folder_.path("runs") + " " + arguments);
    }

    TemporaryFolder folder_;
};

TEST_F(Check, EndsWithZeroWhereEverythingHolds) {
    const Ended ended = check(scenario(expecting("outcomes.no_port_connect == 0", "five") +
                                       expecting("time_to_exhaustion == 125 ms +- 10 %", "one") +
                                       expecting("outcomes.ok of 'five' >= 3 * outcomes.ok of 'one'")));
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("ok      five: outcomes.no_port_connect == 0"));
    EXPECT_THAT(ended.out, HasSubstr("all 3 expectations hold      exit 0"));
    EXPECT_NE(slurp(folder_.path("runs/quick-one-1.json")), "");
}

TEST_F(Check, EndsWithOneWhereAnExpectationFails) {
    const std::string file = scenario(expecting("outcomes.no_port_connect == 0"));
    const Ended ended = check(file + " --junit " + folder_.path("out/results.xml"));
    EXPECT_EQ(ended.exit_code, 1) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("FAIL    one: outcomes.no_port_connect == 0"));
    EXPECT_THAT(ended.out, HasSubstr("Ports ran out after 0.1"));
    EXPECT_THAT(ended.out, HasSubstr("record  " + folder_.path("runs/quick-one-1.json")));
    EXPECT_THAT(ended.out, HasSubstr("ok      five: outcomes.no_port_connect == 0"));
    EXPECT_THAT(ended.out, HasSubstr("1 of 2 expectations failed      exit 1"));
    const std::string xml = slurp(folder_.path("out/results.xml"));
    EXPECT_THAT(xml, HasSubstr("<testsuite name=\"quick\" tests=\"2\" failures=\"1\" errors=\"0\">"));
    EXPECT_THAT(xml, HasSubstr("/quick.toml:14:8</failure>"));
    if (shell("command -v xmllint").exit_code != 0) GTEST_SKIP() << "xmllint is missing: apt install libxml2-utils";
    const Ended parsed = shell("xmllint --noout " + folder_.path("out/results.xml"));
    EXPECT_EQ(parsed.exit_code, 0) << parsed.err;
}

TEST_F(Check, EndsWithFourWhereSomethingCannotBeJudged) {
    const Ended ended =
        check("--variant five " + scenario(expecting("time_to_exhaustion >= 100s") + expecting("outcomes.ok == 7")));
    EXPECT_EQ(ended.exit_code, 4) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("INVALID five: time_to_exhaustion >= 100s"));
    EXPECT_THAT(ended.out, HasSubstr("load was offered for 0.4 s only"));
    EXPECT_THAT(ended.out,
                HasSubstr("1 of 2 expectations failed, 1 of 2 expectations could not be judged      exit 4"));
}

TEST_F(Check, NamesTheRunThatIsNotValidWhereNothingIsExpectedOfIt) {
    const std::string crowded = "[[variant]]\nname = \"crowded\"\nload.in_flight = 1\nload.hold = \"100ms\"\n";
    const Ended ended = check(scenario(crowded + expecting("outcomes.ok == 160", "five")));
    EXPECT_EQ(ended.exit_code, 4) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("INVALID " + folder_.path("runs/quick-crowded-1.json")));
    EXPECT_THAT(ended.out, HasSubstr("1 run without figures      exit 4"));
}

TEST_F(Check, JudgesSeveralScenariosAndRepeats) {
    const std::string first = scenario(expecting("outcomes.ok == 50", "one")),
                      second = scenario(expecting("min(outcomes.ok) == 160", "five"), "second.toml");
    const Ended ended = check("--repeat 2 " + first + " " + second);
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("measured 50 (2 runs)"));
    EXPECT_THAT(ended.out, HasSubstr("all 2 expectations hold"));
}

TEST_F(Check, SaysWhatTheChosenVariantLeavesOut) {
    const Ended ended =
        check("--variant one " + scenario(expecting("outcomes.ok > 0") + expecting("outcomes.ok == 160", "five")));
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("not judged: outcomes.ok == 160 needs the variant \"five\""));
    EXPECT_FALSE(std::filesystem::exists(folder_.path("runs/quick-five-1.json")));
}

TEST_F(Check, PrintsOneJsonObject) {
    const Ended ended = check("--variant one --format json " + scenario(expecting("outcomes.ok == 51")));
    EXPECT_EQ(ended.exit_code, 1) << ended.err;
    const auto tree = record::parse_json(ended.out, "stdout");
    const record::JsonPlace root{tree, "stdout"};
    const auto judged = root.at("expectations").items().at(0);
    EXPECT_EQ(judged.at("verdict").text(), "fail");
    EXPECT_EQ(judged.at("measured").whole(), 50U);
    EXPECT_EQ(judged.at("margin").integer(), -1);
    EXPECT_EQ(root.at("records").items().size(), 1U);
}

TEST_F(Check, PrintsAnnotations) {
    const std::string file = scenario(expecting("outcomes.ok == 51"));
    const Ended ended = check("--variant one --format github " + file);
    EXPECT_EQ(ended.exit_code, 1) << ended.err;
    EXPECT_THAT(ended.out,
                StartsWith("::error file=" + file + ",line=14,col=8,title=quick%3A one%3A outcomes.ok == 51::"));
    EXPECT_THAT(ended.out, Not(HasSubstr("\n::")));
}

TEST_F(Check, ComparesWithABaseline) {
    const std::string file = scenario("");
    const std::string one = " --variant one --repeat 3 " + file;
    shell("portdrought run -q -o " + folder_.path("before") + one);
    const Ended same = check("--baseline " + folder_.path("before") + one + " --format json");
    EXPECT_EQ(same.exit_code == 0 || same.exit_code == 1, true) << same.err;  // latencies are the machine's
    EXPECT_THAT(same.out, Not(HasSubstr("\"metric\": \"outcomes.")));

    // Earlier runs in which nothing failed: the same files, told that every attempt was ok.
    for (int i = 1; i <= 3; ++i) {
        const std::string record = folder_.path("before/quick-one-" + std::to_string(i) + ".json");
        shell(
            "sed -i -e 's/\"ok\": 50,/\"ok\": 160,/' -e 's/\"no_port_connect\": 110,/\"no_port_connect\": 0,/' "
            "-e '/time_to_first_failure_s/d' " +
            record);
    }
    const Ended worse = check("--baseline " + folder_.path("before") + one);
    EXPECT_EQ(worse.exit_code, 1) << worse.out << worse.err;
    EXPECT_THAT(worse.out, HasSubstr("WORSE"));
    EXPECT_THAT(worse.out, HasSubstr("outcomes.no_port_connect of 'one' got worse: 0 before, 110 now"));

    const Ended other = check("--baseline " + folder_.path("before") + one + " --set load.rate=300/s");
    EXPECT_EQ(other.exit_code, 2);
    EXPECT_THAT(other.err, HasSubstr("load.rate is 400/s there and 300/s here"));
}

TEST_F(Check, KeepsWhatItHasWhenInterrupted) {
    Started started("exec portdrought check -q -o " + folder_.path("runs") + " --junit " + folder_.path("j.xml") +
                    " --set load.duration=20s " + scenario(expecting("outcomes.ok == 50", "one")));
    shell("sleep 1; kill -INT " + std::to_string(started.pid()));
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 130) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("INVALID one: outcomes.ok == 50"));
    EXPECT_THAT(slurp(folder_.path("j.xml")), HasSubstr("was interrupted"));
}

}  // namespace
}  // namespace portdrought::cli
