#include "scenario/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

constexpr Limits limits{20'000};

Reading read_x(std::string_view text, const std::vector<std::string>& settings = {}) {
    return read(text, "x.toml", settings, limits);
}

std::vector<std::string> complaints(std::string_view text, const std::vector<std::string>& settings = {}) {
    std::vector<std::string> lines;
    for (const Complaint& complaint : read_x(text, settings).complaints) lines.push_back(to_string(complaint));
    return lines;
}

Scenario only(const Reading& reading) {
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.variants.size(), 1U);
    return reading.variants.empty() ? Scenario{} : reading.variants.front();
}

TEST(Reader, GivesAnEmptyFileTheDefaultsAndItsOwnName) {
    Scenario expected;
    expected.name = "my-file";
    EXPECT_EQ(only(read("", "some/where/my file.toml", {}, limits)), expected);
}

TEST(Reader, ReadsEveryKindOfValue) {
    const Scenario s = only(read_x(R"(
name = "x"
source = ["one", "two"]
[load]
rate = "max"
in_flight = 7
passive_closes = false
request = "64KB"
[host]
port_choice = "sequential"
first_port = 40000
reserved_ports = "33000-33009,34000"
timed_wait_delay = "2min"
[lab]
time_scale = 2.5
)"));
    EXPECT_THAT(s.source, ElementsAre("one", "two"));
    EXPECT_EQ(s.load.rate, std::nullopt);
    EXPECT_EQ(s.load.in_flight, 7U);
    EXPECT_FALSE(s.load.passive_closes);
    EXPECT_EQ(s.load.request_bytes, 65536U);
    EXPECT_EQ(s.host.first_port, 40000);
    EXPECT_THAT(s.host.reserved_ports, ElementsAre(core::PortRange{33000, 33009}, core::PortRange{34000, 34000}));
    EXPECT_EQ(s.host.timed_wait_delay, core::Duration{120s});
    EXPECT_EQ(s.lab.time_scale, 2.5);
}

TEST(Reader, TakesDottedKeysForSections) { EXPECT_EQ(only(read_x("load.rate = \"5/s\"")).load.rate, core::Rate{5}); }

TEST(Reader, LaysProfileFileVariantAndSettingsOverEachOther) {
    const Reading reading = read_x(R"(
[host]
profile = "windows-2000"
ports = "2000-2999"
[lab]
time_scale = 10
[[variant]]
name = "a"
[[variant]]
name = "b"
host.ports = "3000-3999"
host.timed_wait_delay = "30s"
)",
                                   {"host.sources=3", "host.tw_reuse = on"});
    EXPECT_THAT(reading.complaints, IsEmpty());
    ASSERT_EQ(reading.variants.size(), 2U);
    const Scenario &a = reading.variants[0], &b = reading.variants[1];
    EXPECT_EQ(a.variant, "a");
    EXPECT_EQ(b.variant, "b");
    EXPECT_EQ(a.host.port_choice, PortChoice::sequential);
    EXPECT_EQ(a.host.timed_wait_delay, core::Duration{240s});
    EXPECT_EQ(b.host.timed_wait_delay, core::Duration{30s});
    EXPECT_EQ(a.host.ports, (core::PortRange{2000, 2999}));
    EXPECT_EQ(b.host.ports, (core::PortRange{3000, 3999}));
    EXPECT_EQ(a.host.sources, 3U);
    EXPECT_EQ(b.host.tw_reuse, TwReuse::on);
}

TEST(Reader, LetsTheMostSpecificPlaceNameTheProfile) {
    constexpr auto* text =
        "host.profile = \"linux\"\n[lab]\ntime_scale = 10\n[[variant]]\nname = \"w\"\nhost.profile = "
        "\"windows-2000\"\n";
    EXPECT_EQ(only(read_x(text)).host.ports, (core::PortRange{1025, 5000}));
    const Scenario newer = only(read_x(text, {"host.profile=windows-10"}));
    EXPECT_EQ(newer.host.ports, (core::PortRange{49152, 65535}));
    EXPECT_EQ(newer.host.profile, "windows-10");
}

TEST(Reader, ReportsAllMistakesAtOnceInTheOrderOfTheFile) {
    EXPECT_THAT(
        complaints(R"(name = "broken"

[load]
duration = "10s"
rate   = "fast"
duratoin = "3s"
in_flight = "20"
[host]
ports = "60000-1000"
timed_wait_delay = 240
reserved_ports = ["1"]
[laod]
rate = "5/s"
[server]
port = 40000
[[variant]]
name = "a"
host.sources = 0
host.tw_reuze = "on"
)",
                   {"lab.seed=x"}),
        ElementsAre(
            "x.toml:5:10: load.rate: \"fast\" is not a rate; write connections per second, such as \"200/s\", or "
            "\"max\"",
            "x.toml:6:1: load.duratoin: unknown key; did you mean load.duration?",
            "x.toml:7:13: load.in_flight: \"20\" is in quotes; write 20 without them",
            "x.toml:9:9: host.ports: \"60000-1000\" runs backwards; write \"1000-60000\"",
            "x.toml:10:20: host.timed_wait_delay: 240 is not a duration; write a number and a unit, such as \"10s\" or "
            "\"250ms\", or \"natural\"",
            "x.toml:11:18: host.reserved_ports: this value is not one plain value; write ports and ranges separated by "
            "commas, or \"\"",
            "x.toml:12:2: laod: unknown section; did you mean load?",
            "x.toml:18:16: host.sources: 0 is out of range; write 1 to 250",
            "x.toml:19:6: host.tw_reuze: unknown key; did you mean host.tw_reuse?",
            "--set:1:1: lab.seed: \"x\" is not a whole number from 0 to 9223372036854775807; write one"));
}

TEST(Reader, SpeaksOfQuotesOnlyWhereThereAreSome) {
    EXPECT_THAT(complaints("[load]\nin_flight = \"many\"\npassive_closes = \"yes\""),
                ElementsAre(testing::EndsWith("write one, without quotes"),
                            testing::EndsWith("write one of them, without quotes")));
    EXPECT_THAT(complaints("[load]\nin_flight = -1"), ElementsAre(testing::EndsWith("write one")));
}

TEST(Reader, AppliesNoRuleToAValueItCouldNotRead) {
    EXPECT_THAT(complaints("[server]\nport = 40000\n[host]\nports = \"a\""),
                ElementsAre(StartsWith("x.toml:4:9: host.ports")));
    EXPECT_THAT(
        complaints("[server]\nport = 4000\n[host]\nprofile = \"windows-2001\""),
        ElementsAre("x.toml:4:11: host.profile: \"windows-2001\" is not a known profile; did you mean windows-2000?"));
}

TEST(Reader, ReportsMistakesOfTextAndOfCombinationsTogether) {
    EXPECT_THAT(complaints("[load]\nrate = \"fast\"\nworkers = 2\n[server]\nport = 40000\n"),
                ElementsAre(StartsWith("x.toml:2:8: load.rate: "),
                            StartsWith("x.toml:3:11: host.destinations: 1 cannot be shared by 2"),
                            StartsWith("x.toml:5:8: server.port: port 40000 lies inside")));
}

TEST(Reader, BlamesTheMostSpecificPlaceThatTakesPart) {
    constexpr auto* text =
        "[server]\nport = 20000\n[[variant]]\nname = \"a\"\n[[variant]]\nname = \"b\"\nhost.ports = \"20000-20999\"\n";
    EXPECT_THAT(complaints(text), ElementsAre(StartsWith("x.toml:7:14: server.port: port 20000 lies inside")));
    EXPECT_THAT(complaints("[server]\nport = 20000\n", {"load.rate=1/s", "host.ports=20000-20999"}),
                ElementsAre(StartsWith("--set:2:1: server.port: port 20000 lies inside")));
}

TEST(Reader, ReportsASharedMistakeOnceForAllVariants) {
    EXPECT_THAT(complaints("load.rate = 5\n[[variant]]\nname = \"a\"\n[[variant]]\nname = \"b\"\n"),
                ElementsAre(StartsWith("x.toml:1:13: load.rate: 5 is not a rate")));
}

TEST(Reader, AsksForDescriptorsOnlyWhereTheUserDid) {
    const std::string asked = "[load]\nin_flight = 300\n";
    EXPECT_TRUE(read("", "x.toml", {}, Limits{100}).is_valid());
    const Reading reading = read(asked, "x.toml", {}, Limits{100});
    ASSERT_EQ(reading.complaints.size(), 1U);
    EXPECT_EQ(to_string(reading.complaints.front()),
              "x.toml:2:13: load.in_flight: 300 open attempts need 664 descriptors (2 each and 64 besides) and this "
              "machine allows "
              "100; write 18 or less");
    EXPECT_TRUE(read(asked, "x.toml", {}, Limits{664}).is_valid());
}

TEST(Reader, PlacesSyntaxErrors) {
    EXPECT_THAT(complaints("name = \"x\"\n[load\n"), ElementsAre(StartsWith("x.toml:2:6: not TOML: ")));
    EXPECT_THAT(complaints("name = \"x\"\nname = \"y\"\n", {"load.xyzzyx=red"}),
                ElementsAre(StartsWith("x.toml:2:"),
                            "--set:1:1: load.xyzzyx: unknown key; portdrought show article has all keys"));
    EXPECT_THAT(read_x("[load\n").variants, IsEmpty());
}

TEST(Reader, ChecksTheNamesOfVariants) {
    EXPECT_THAT(complaints("[[variant]]\nname = \"a\"\n[[variant]]\nname = \"a\"\n[[variant]]\nload.rate = "
                           "\"5/s\"\n[[variant]]\nname = 5\n"),
                ElementsAre("x.toml:4:8: variant.name: \"a\" names an earlier variant too; write another name",
                            "x.toml:5:1: variant.name: is missing; write name = \"…\" below [[variant]]",
                            "x.toml:8:8: variant.name: is not a text of one line; write a few words in quotes"));
    EXPECT_THAT(complaints("variant = \"a\"\n"),
                ElementsAre(StartsWith("x.toml:1:1: variant: is not a list of tables")));
}

TEST(Reader, ReadsExpectationsWhereverTheyStand) {
    const Reading reading = read_x(
        "[[expect]]\nthat = \"outcomes.ok > 5\"\n[load]\nrate = \"5/s\"\n[[variant]]\nname = \"a b\"\n"
        "[[expect]]\nvariant = \"a b\"\nthat = \"attempts == 1\"\n");
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_THAT(reading.expectations, ElementsAre(Expectation{"outcomes.ok > 5", "", {"x.toml", 2, 8}},
                                                  Expectation{"attempts == 1", "a b", {"x.toml", 9, 8}}));
}

TEST(Reader, ComplainsOfExpectationsTableByTable) {
    EXPECT_THAT(
        complaints("[[variant]]\nname = \"first\"\n[[expect]]\n[[expect]]\nthat = 5\n[[expect]]\nthat = \"a == 1\"\n"
                   "variant = \"frist\"\nload.rate = \"5/s\"\n[[expect]]\nthat = \"two\\nlines\"\nvariant = \"\"\n"
                   "[[expect]]\nthat = \"\"\nvariant = \"zzzzzz\"\n"),
        ElementsAre(
            "x.toml:3:1: expect.that: is missing; write for example that = \"outcomes.no_port_connect == 0\"",
            "x.toml:5:8: expect.that: is not a text of one line; write for example \"outcomes.no_port_connect == 0\"",
            "x.toml:8:11: expect.variant: \"frist\" is not a variant of this scenario; did you mean first?",
            "x.toml:9:1: expect.load: unknown key; an expectation has `that` and `variant` only",
            "x.toml:11:8: expect.that: is not a text of one line; write for example \"outcomes.no_port_connect == 0\"",
            "x.toml:12:11: expect.variant: is not a text of one line; write the name of a variant in quotes",
            "x.toml:14:8: expect.that: is not a text of one line; write for example \"outcomes.no_port_connect == 0\"",
            "x.toml:15:11: expect.variant: \"zzzzzz\" is not a variant of this scenario; write one of \"first\""));
    EXPECT_THAT(complaints("[[expect]]\nthat = \"a == 1\"\nvariant = \"a\"\n"),
                ElementsAre("x.toml:3:11: expect.variant: the scenario has no variants; remove this line"));
}

TEST(Reader, TakesExpectationsInTablesOfTheirOwnOnly) {
    constexpr auto* remedy =
        "expect: is not a list of tables here; write [[expect]] above that = \"…\", at the end of the file";
    EXPECT_THAT(complaints("expect = \"a == 1\"\n"), ElementsAre(std::string{"x.toml:1:1: "} + remedy));
    EXPECT_THAT(complaints("[expect]\nthat = \"a == 1\"\n"), ElementsAre(std::string{"x.toml:1:2: "} + remedy));
    EXPECT_THAT(complaints("[[variant]]\nname = \"a\"\n[[variant.expect]]\nthat = \"a == 1\"\n"),
                ElementsAre(std::string{"x.toml:3:11: "} + remedy));
    EXPECT_THAT(complaints("", {"expect.that=a == 1"}),
                ElementsAre(StartsWith("--set:1:1: expect.that: is not a list")));
}

TEST(Reader, TellsSectionsFromValues) {
    EXPECT_THAT(complaints("load = 3\n"),
                ElementsAre("x.toml:1:8: load: 3 is not a section; write [load] and its keys below it"));
    EXPECT_THAT(complaints("[load.rate]\nx = 3\n"),
                ElementsAre(StartsWith("x.toml:1:1: load.rate: this value is not one plain value; write rate")));
    EXPECT_THAT(complaints("rate = \"5/s\"\n"), ElementsAre("x.toml:1:1: rate: unknown key; did you mean load.rate?"));
}

TEST(Reader, ExplainsAMalformedSetting) {
    EXPECT_THAT(complaints("", {"load.rate", "=5", "load.rat=5/s"}),
                ElementsAre("--set:1:1: load.rate: is not key=value; write for example load.rate=200/s",
                            "--set:2:1: =5: is not key=value; write for example load.rate=200/s",
                            "--set:3:1: load.rat: unknown key; did you mean load.rate?"));
}

TEST(Reader, SurvivesEveryTruncationOfAFile) {
    const std::string text =
        "name = \"x\"\nsource = [\"a\", \"b\"]\n[load]\nrate = \"5/s\"\n[[variant]]\nname = \"é\"\nhost.ports = "
        "\"2000-3000\"\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const Reading reading = read_x(text.substr(0, length));
        EXPECT_TRUE(!reading.complaints.empty() || !reading.variants.empty()) << length;
    }
}

TEST(Reader, RefusesKeysDeepEnoughToOverflowTheStack) {
    std::string text = "name = \"deep\"\n";
    for (int i = 0; i < 50'000; ++i) text += "a.";
    const Reading reading = read(text + "a = 1\n", "deep.toml", {}, Limits{});
    ASSERT_EQ(reading.complaints.size(), 1U);
    EXPECT_EQ(to_string(reading.complaints.front()),
              "deep.toml:2:1: has over 1,000 dots in a line; no key is that deep");
}

TEST(Reader, JudgesOneVariantAlone) {
    constexpr const char* text =
        "host.ports = \"20000-20999\"\n[[variant]]\nname = \"all\"\n[[variant]]\nname = \"window\"\n"
        "host.port_window = \"20500-20599\"\n";
    const std::vector<std::string> settings{"host.ports=20000-20499"};
    EXPECT_EQ(read(text, "a.toml", settings, Limits{}).complaints.size(), 1U);
    EXPECT_TRUE(read(text, "a.toml", settings, Limits{}, "all").is_valid());
    EXPECT_FALSE(read(text, "a.toml", settings, Limits{}, "window").is_valid());
}

}  // namespace
}  // namespace portdrought::scenario
