// What the program says to a wrong command, scenario or record, with which exit code; nothing here opens a socket.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "cli/program.hpp"

namespace portdrought::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

void expect_mistake(const std::string& command, const std::string& message) {
    const Ended ended = shell(command);
    EXPECT_EQ(ended.exit_code, 2) << command;
    EXPECT_THAT(ended.err, HasSubstr(message)) << command;
    EXPECT_EQ(ended.out, "") << command;
}

TEST(Usage, HelpNamesEveryCommandAndExitCode) {
    const Ended ended = shell("portdrought --help");
    EXPECT_EQ(ended.exit_code, 0);
    for (const char* word :
         {"run", "compare", "check", "report", "diagnose", "validate", "plan", "knee", "sweep", "merge", "list", "show",
          "calibrate", "doctor", "1 an expectation failed", "130 interrupted"})
        EXPECT_THAT(ended.out, HasSubstr(word));
}

TEST(Usage, HelpOfEachCommandHasAnExample) {
    for (const char* command : {"run", "compare", "check", "report", "diagnose", "validate", "plan", "knee", "sweep",
                                "merge", "list", "show", "calibrate", "doctor"}) {
        const Ended ended = shell(std::string("portdrought ") + command + " --help");
        EXPECT_EQ(ended.exit_code, 0) << command;
        EXPECT_THAT(ended.out, HasSubstr(std::string("Example: portdrought ") + command));
    }
}

/// Its longest line, in characters.
std::size_t width_of(const std::string& text) {
    std::size_t widest = 0, width = 0;
    for (const char c : text) {
        width = c == '\n' ? 0 : width + ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U);
        widest = std::max(widest, width);
    }
    return widest;
}

TEST(Usage, HelpAndListsFitTheTerminal) {
    for (const char* command : {"", "run", "compare", "check", "report", "diagnose", "validate", "plan", "knee",
                                "sweep", "merge", "list", "show", "calibrate", "doctor"}) {
        const std::string help = fmt::format("portdrought {} --help", command);
        EXPECT_LE(width_of(shell("unset COLUMNS; " + help).out), 80U) << command;
        EXPECT_LE(width_of(shell("COLUMNS=100 " + help).out), 100U) << command;
    }
    EXPECT_GT(width_of(shell("COLUMNS=100 portdrought --help").out), 80U);
    EXPECT_LE(width_of(shell("unset COLUMNS; portdrought doctor").out), 80U);
    EXPECT_LE(width_of(shell("COLUMNS=80 portdrought list").out), 80U);
}

TEST(Usage, ListToAPipeHasARowForEach) {
    const std::string rows = shell("unset COLUMNS; portdrought list").out;
    EXPECT_THAT(rows, testing::ContainsRegex("\n  aws-nat-gateway +AWS NAT gateway[^\n]*unverified\n"));
    EXPECT_GT(width_of(rows), 80U);
    EXPECT_GT(std::ranges::count(shell("COLUMNS=80 portdrought list").out, '\n'), std::ranges::count(rows, '\n'));
}

TEST(Usage, WhoReadsNoFurtherIsNotTold) {
    for (const char* command : {"list", "--help", "show article"}) {
        const Ended ended =
            shell(fmt::format("trap '' PIPE; {{ sleep 0.3; portdrought {}; echo $? >&2; }} | true", command));
        EXPECT_EQ(ended.err, "0\n") << command;
    }
    const Ended full = shell("portdrought list >/dev/full");
    EXPECT_EQ(full.exit_code, 3);
    EXPECT_THAT(full.err, AllOf(HasSubstr("could not be written to stdout"), Not(HasSubstr("records"))));
}

TEST(Usage, AFolderThatMayNotBeReadIsAMistake) {
    // A name too long, because root may read every folder.
    const std::string name(300, 'x');
    expect_mistake("portdrought run article --html " + name + "/x.html", "(File name too long); name a file");
    expect_mistake("portdrought validate " + name, "File name too long; name a file");
}

TEST(Usage, VersionNamesTheRevision) { EXPECT_THAT(shell("portdrought --version").out, StartsWith("portdrought 0.")); }

TEST(Usage, WrongCommandLinesAreExplained) {
    expect_mistake("portdrought", "no command");
    expect_mistake("portdrought runn article", "\"runn\" is not a command");
    expect_mistake("portdrought run", "run: no SCENARIO is named; write for example: portdrought run ");
    expect_mistake("portdrought run article so-linger",
                   "run: \"so-linger\" is one argument too many; write for example: ");
    expect_mistake("portdrought run article --fast",
                   "run: there is no option --fast; portdrought run --help lists them all");
    expect_mistake("portdrought run article --repaet 3", "run: there is no option --repaet; did you mean --repeat?");
    expect_mistake("portdrought run article --seed", "run: --seed has no value; write --seed N");
    expect_mistake("portdrought comprae article", "\"comprae\" is not a command; did you mean compare?");
    expect_mistake("portdrought report nowhere.json", "; name a record");
    expect_mistake("portdrought run article --repeat 0", "--repeat: 0 is out of range");
    expect_mistake("portdrought run article --repeat many",
                   "--repeat: \"many\" is not a whole number; write one, such as 3");
    expect_mistake("portdrought run article --format xml", "\"xml\" is not a format");
    expect_mistake("portdrought run artikel", "article");
    expect_mistake("portdrought run ./nowhere.toml", "nowhere.toml");
    expect_mistake("portdrought run article --variant nonsense", "\"as listed\", \"as explained\"");
    expect_mistake("portdrought run article -o /proc/records", "--output: make the folder /proc/records");
    expect_mistake("portdrought knee three-knees --budget 1s", "write --budget");
    expect_mistake("portdrought knee three-knees --budget soon", "\"soon\" is not a length of time");
    expect_mistake("portdrought knee three-knees --from 20", "--from: \"20\" is not a rate");
    expect_mistake("portdrought knee three-knees --from 20/s --to 10/s", "--from: 20/s is not below --to 10/s");
    expect_mistake("portdrought knee three-knees --from 50/s", "a higher --to");
    expect_mistake("portdrought knee three-knees --resolution 0%", "--resolution: \"0%\" is out of range");
    expect_mistake("portdrought knee three-knees --resolution fine", "\"fine\"");
    expect_mistake("portdrought knee three-knees --set load.duration=60ms --from 1/s", "less than one attempt");
    expect_mistake("portdrought validate article --limit 60%", "--limit: \"60%\" is out of range");
    expect_mistake("portdrought validate article --limit near", "\"near\"");
    expect_mistake("portdrought validate article nowhere.json", "either scenarios or records");
    expect_mistake("portdrought validate nowhere.json", "nowhere.json");
    expect_mistake("portdrought plan three-knees --budget 1s", "budget");
    expect_mistake("portdrought plan", "options that say what to plan for; for example: portdrought plan --rate 500/s");
    expect_mistake("portdrought plan --rate fast --hosts 0 --profile no-such-nat", "3 problems, nothing was run");
    expect_mistake("portdrought plan --rate fast", "load.rate: \"fast\" is not a rate");
    expect_mistake("portdrought plan --profile azur-nat-gateway", "\"azur-nat-gateway\" is not a known profile");
    expect_mistake("portdrought plan --hosts 200 --set lab.engine=kernel", "200 hosts do not fit into one lab");
    expect_mistake("portdrought run article --hosts 2", "hosts");
    expect_mistake("portdrought plan --profile windows-11 --profile macos",
                   "--profile: windows-11 and macos are both profiles of a host; leave one of them out");
    expect_mistake("portdrought plan article --profile cgnat --profile gcp-cloud-nat", "are both profiles of a NAT");
    expect_mistake("portdrought list all",
                   "list: \"all\" is one argument too many, since it takes none; write for example: portdrought list");
}

TEST(Usage, MistakesOfSweepsAreExplained) {
    const TemporaryFolder folder;
    const std::string file = folder.write("some.json", "{}");
    const std::string plain = folder.write("plain.toml", "[load]\nduration = \"100ms\"\n");
    expect_mistake("portdrought sweep " + plain, "nothing varies; add for example --vary load.rate=");
    expect_mistake("portdrought sweep " + plain + " --vary load.rate=fast --vary load.rat=5/s",
                   "--vary:1:1: load.rate: \"fast\" is not a rate; write connections per second, such as \"200/s\", or "
                   "\"max\"\n--vary:2:1: load.rat: unknown key; did you mean load.rate?\n2 problems, nothing was run");
    expect_mistake("portdrought sweep " + plain + " --vary server.port=40000,7000",
                   "(at server.port = 40000)\n1 problem, nothing was run");
    expect_mistake("portdrought sweep " + plain + " --vary load.rate=10/s,20/s --set load.rate=5/s",
                   "load.rate: is given by --set too; leave one of them out");
    expect_mistake("portdrought sweep " + plain + " --vary lab.seed=1,2 --repeat 2",
                   "is what --repeat counts up; leave one of them out");
    expect_mistake("portdrought sweep " + plain + " --vary load.in_flight=1..999:1 --vary host.sources=1..250:1",
                   "999 of load.in_flight x 250 of host.sources make 249750 points, more than 100000");
    const std::string some = "portdrought sweep " + plain + " --vary load.rate=10/s,20/s ";
    expect_mistake(some + "--shard 5/4",
                   "--shard: \"5/4\" is no shard; write I/N with I from 1 to N and N up to 100000");
    expect_mistake(some + "--shard 1/100000001", "N up to 100000");
    expect_mistake(some + "--shard 0/4", "is no shard");
    expect_mistake(some + "--shard 1", "is no shard");
    expect_mistake(some + "--jobs 0", "--jobs: 0 is out of range; write 1 to 1024");
    expect_mistake(some + "--jobs 2", "the kernel engine makes one point at a time; leave --jobs out");
    expect_mistake(some + "--variant x", "--variant: there is no \"x\"; the scenario has no variants");
    expect_mistake(some + "-o " + file, "is there already; name another file");
    expect_mistake(some + "-o /proc/nowhere/x.json", "name a file you may write");
    expect_mistake(some + "--resume " + folder.path("none.json"), "--resume: there is no ");
    expect_mistake(some + "--resume " + file, "is no file of a sweep");
    expect_mistake(some + "--resume " + file + " -o x.json", "--resume: it names the file for what is new too");
    expect_mistake("portdrought merge " + file, "name the file for the result; add for example --output all.json");
    expect_mistake("portdrought merge " + file + " -o " + folder.path("all.json"), "is no file of a sweep");
    expect_mistake("portdrought merge " + folder.path("none.json") + " -o x.json", "none.json");
    expect_mistake("portdrought merge " + file + " -o " + file, "some.json is there already; name another file");
    expect_mistake("portdrought merge " + file + " -o " + plain, "plain.toml is there already; name another file");
    EXPECT_EQ(slurp(file), "{}");
    EXPECT_EQ(folder.files().size(), 2U);
}

TEST(Usage, CheckNeedsSomethingToCheck) {
    const TemporaryFolder folder;
    const std::string plain = folder.write("plain.toml", "[load]\nrate = \"5/s\"\n");
    expect_mistake("portdrought check " + plain,
                   plain +
                       ":1:1: expect: is missing, so there is nothing to check; write [[expect]] and below it "
                       "that = \"outcomes.no_port_connect == 0\"\n1 problem, nothing was run");
    const std::string two = folder.write("two.toml",
                                         "[[variant]]\nname = \"a\"\n[[variant]]\nname = \"b\"\n[[expect]]\n"
                                         "that = \"outcomes.ok > 1\"\nvariant = \"a\"\n");
    expect_mistake("portdrought check --variant b " + two, "can be judged with --variant \"b\" alone");
    expect_mistake("portdrought check " + two + " --junit " + folder.path("."), "is no name for a file");
    expect_mistake("portdrought check " + two + " --junit /proc/nowhere/x.xml", "name a file you may write");
    expect_mistake("portdrought check " + two + " --html " + two, "is a file of this command already");
    const std::string page = folder.path("page.html");
    expect_mistake("portdrought check " + two + " --html " + page + " --junit " + page,
                   "is a file of this command already");
    expect_mistake("portdrought check " + two + " --format xml",
                   "write text, json, markdown, csv, junit, openmetrics, openmetrics-samples or github");
    expect_mistake("portdrought run " + two + " --format github",
                   "write text, json, markdown, csv, junit, openmetrics or openmetrics-samples");
    expect_mistake("portdrought check " + two + " --baseline " + folder.path("none.json"), "--baseline: ");
    expect_mistake("portdrought check " + two + " --baseline " + two, "--baseline: ");
}

TEST(Usage, MistakesOfExpectationsAreToldWithAllOthers) {
    const TemporaryFolder folder;
    const std::string file =
        folder.write("broken.toml",
                     "[[expect]]\nthat = \"outcomes.no_prot_connect == 0\"\n[load]\nrate = \"fast\"\n"
                     "[[expect]]\nthat = \"connect_us.p99 <= 24\"\nvariant = \"a\"\n"
                     "[[expect]]\nthat = \"outcomes.ok = 24\"\n");
    for (const char* command : {"check ", "run ", "show "}) {
        const Ended ended = shell(std::string("portdrought ") + command + file);
        EXPECT_EQ(ended.exit_code, 2);
        EXPECT_EQ(ended.err,
                  file +
                      ":2:8: expect.that: \"outcomes.no_prot_connect\" is not a metric; did you mean "
                      "outcomes.no_port_connect?\n" +
                      file +
                      ":4:8: load.rate: \"fast\" is not a rate; write connections per second, such as "
                      "\"200/s\", or \"max\"\n" +
                      file +
                      ":6:8: expect.that: 24 has no unit, and connect_us.p99 takes a time such as 0.2 ms or 24 us\n" +
                      file + ":7:11: expect.variant: the scenario has no variants; remove this line\n" + file +
                      ":9:8: expect.that: \"=\" is not an operator; write ==\n5 problems, nothing was run\n");
    }
}

TEST(Usage, EveryMistakeOfAScenarioIsToldAtOnce) {
    const TemporaryFolder folder;
    const std::string file = folder.write("broken.toml",
                                          "name = \"broken\"\n"
                                          "[load]\n"
                                          "rate = \"fast\"\n"
                                          "duratoin = \"10s\"\n"
                                          "[host]\n"
                                          "ports = \"60000-2000\"\n");
    const Ended ended = shell("portdrought run " + file);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr(":3:8: load.rate: "));
    EXPECT_THAT(ended.err, HasSubstr(":4:1: load.duratoin: unknown key"));
    EXPECT_THAT(ended.err, HasSubstr("load.duration"));
    EXPECT_THAT(ended.err, HasSubstr(":6:9: host.ports: "));
    EXPECT_THAT(ended.err, HasSubstr("3 problems, nothing was run"));
}

TEST(Usage, EscapeSequencesDoNotReachTheTerminal) {
    const TemporaryFolder folder;
    const std::string file = folder.write("red.toml", "name = \"red\"\n[load]\nrate = \"\\u001b[31mfast\"\n");
    const Ended ended = shell("portdrought run " + file);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("?[31mfast"));
    EXPECT_THAT(ended.err, testing::Not(HasSubstr("\033")));
}

TEST(Usage, WhatIsNoScenarioFileIsNotRead) {
    const TemporaryFolder folder;
    expect_mistake("mkfifo " + folder.path("pipe.toml") + "; portdrought run " + folder.path("pipe.toml"),
                   "ordinary file");
    expect_mistake(
        "head -c 2000000 /dev/zero >" + folder.path("big.toml") + "; portdrought run " + folder.path("big.toml"),
        "2000000 bytes");
    expect_mistake("portdrought run article --set server.address=127.0.0.01", "server.address");
}

TEST(Usage, SettingsAreCheckedLikeTheFile) {
    expect_mistake("portdrought run article --set load.rate=fast", "--set:1:1: load.rate: ");
    expect_mistake("portdrought run article --set load.rat=5/s", "did you mean load.rate");
    expect_mistake("portdrought run article --set load.rate", "load.rate");
    expect_mistake("portdrought run article --set load.rate=\"5/s\" --set lab.netstat=maybe",
                   "--set:2:1: lab.netstat: ");
    expect_mistake("ulimit -n 1000; portdrought run default-linux --set load.in_flight=15000", "descriptors");
    EXPECT_EQ(shell("ulimit -n 100; portdrought show default-linux").exit_code, 0);
}

TEST(Usage, WhatAnOptionStandsForIsBlamedOnTheOption) {
    const auto expect_start = [](const std::string& command, const std::string& message) {
        expect_mistake(command, message);
        EXPECT_THAT(shell(command).err, StartsWith(message));
    };
    expect_start("portdrought plan --hosts 0", "--hosts 0: topology.hosts: \"0\" is out of range; write 1 to ");
    expect_start("portdrought plan --rate fast", "--rate fast: load.rate: \"fast\" is not a rate");
    expect_start("portdrought plan --hold x", "--hold x: load.hold: ");
    expect_start("portdrought plan --destinations -3",
                 "--destinations -3: host.destinations: \"-3\" is not a whole number from 1 to 64; write one\n");
    expect_start("portdrought plan --closer me", "--closer me: load.closer: ");
    expect_start("portdrought plan --profile x", "--profile x: host.profile: ");
    expect_start("portdrought plan --hosts 2 --set load.rate=fast", "--set:1:1: load.rate: ");
    expect_start("portdrought run article --time-scale 0", "--time-scale 0: lab.time_scale: ");
    expect_start("portdrought run article --engine none", "--engine none: lab.engine: ");
    expect_start("portdrought run article --seed -1",
                 "--seed -1: lab.seed: \"-1\" is not a whole number from 0 to 9223372036854775807; write one\n");
    expect_start("portdrought sweep article --vary load.rate=1/s,2/s --seed x", "--seed x: lab.seed: ");
    expect_start("portdrought sweep article --vary lab.seed=1,2 --seed 3",
                 "--vary:1:1: lab.seed: is given by --seed 3 too; leave one of them out");
}

TEST(Usage, ListShowsTheCatalogueAndShowIsAScenario) {
    EXPECT_THAT(shell("portdrought list").out, HasSubstr("timed-wait-delay"));
    const TemporaryFolder folder;
    const Ended shown = shell("portdrought show article");
    const std::string file = folder.write("again.toml", shown.out);
    const Ended again = shell("portdrought show " + file);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(again.out, shown.out);
}

TEST(Usage, ListAndShowTellWhatOfAProfileNobodyChecked) {
    EXPECT_THAT(shell("portdrought list").out,
                HasSubstr("macOS: ports 49152-65535, TIME-WAIT 30 s; 3 of 5 values unverified"));
    const std::string profile = shell("portdrought show azure-lb-snat").out;
    EXPECT_THAT(profile, StartsWith("# profile of a NAT: 4 of 6 values unverified\n"));
    EXPECT_THAT(profile, HasSubstr("\"nat.after_fin\" = { source ="));
    const std::string scenario = shell("portdrought show port-cliff --engine model --set host.profile=windows-10").out;
    EXPECT_THAT(scenario, HasSubstr("# host.timed_wait_delay = 120s (windows-10): documentation disagrees"));
    EXPECT_THAT(shell("portdrought show port-cliff").out, Not(HasSubstr("nverified")));
}

TEST(Usage, PlanRunsNothingAndNeedsNothing) {
    const TemporaryFolder folder;
    const Ended ended = shell("cd " + folder.path(".") + "; ulimit -n 100; portdrought plan article");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("3,976 ports / 240 s"));
    EXPECT_THAT(ended.out, HasSubstr("the ports run out after 119 s"));
    EXPECT_TRUE(folder.files().empty());
    const Ended json = shell("portdrought plan article --variant \"as explained\" --format json");
    EXPECT_THAT(json.out, HasSubstr("\"plan\": ["));
    EXPECT_THAT(json.out, testing::Not(HasSubstr("as listed")));
}

TEST(Usage, PlanTakesOptionsInPlaceOfAScenario) {
    const Ended host = shell("portdrought plan --rate 500/s");
    EXPECT_EQ(host.exit_code, 0) << host.err;
    EXPECT_THAT(host.out, HasSubstr("470.5/s sustained: 28,232 ports / 60 s"));
    EXPECT_LE(std::ranges::count(host.out, '\n'), 23) << "one screen";
    const Ended nat =
        shell("portdrought plan --profile azure-nat-gateway --profile windows-11 --hosts 200 --rate 40/s --hold 50ms");
    EXPECT_EQ(nat.exit_code, 0) << nat.err;
    EXPECT_THAT(nat.out, HasSubstr("The NAT ports are full first: 50,000 / (65 s + 0.05 s open) = 768.6/s"));
    EXPECT_THAT(nat.out, HasSubstr("16,384 each")) << "both profiles";
    const Ended more =
        shell("portdrought plan --profile azure-nat-gateway --hosts 200 --destinations 2 --closer server");
    EXPECT_THAT(more.out, HasSubstr("100,000 / 65 s"));
    EXPECT_THAT(more.out, HasSubstr("server's TIME_WAIT entries"));
}

TEST(Usage, PlanOverridesAScenarioByOptions) {
    const Ended ended = shell("portdrought plan article --variant \"as explained\" --rate 20/s");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("At the offered 20/s the ports run out after 199 s"));
    const Ended behind = shell("portdrought plan article --variant \"as explained\" --profile gcp-cloud-nat");
    EXPECT_THAT(behind.out, HasSubstr("The share of NAT ports is full first: 64 (unverified) / 120 s (unverified)"));
}

TEST(Usage, PlanHoldsTheLawsAgainstTheModel) {
    const Ended ended = shell("portdrought plan --profile windows-2000 --rate 33.3/s --simulate");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, testing::ContainsRegex("as it is +960 s +16.5/s +16.[56]/s +119 s +119 s"));
    const Ended json = shell("portdrought plan --profile windows-2000 --rate 33.3/s --simulate --format json");
    EXPECT_THAT(json.out, HasSubstr("\"expected_first_full_s\": 119.39"));
    EXPECT_THAT(shell("portdrought plan --rate max --simulate").err, HasSubstr("linux is not simulated"));
}

TEST(Usage, ReportOfWhatIsNoRecordIsExplained) {
    const TemporaryFolder folder;
    expect_mistake("portdrought report " + folder.path("missing.json"), "missing.json");
    expect_mistake("portdrought report " + folder.write("empty.json", ""), "empty.json");
    expect_mistake("portdrought report " + folder.write("other.json", "{\"schema\": \"else/1\"}"), "else/1");
    expect_mistake("portdrought report " + folder.write("half.json", "{\"schema\": \"portdrought.record/1\", "),
                   "half.json");
}

TEST(Usage, KneesOfAModelNeedNeitherLatenciesNorRealTime) {
    const TemporaryFolder folder;
    const std::string rest = " --engine model -q --budget 10s -o " + folder.path("runs");  // a run lasts 20 s and more
    const Ended windows = shell("portdrought knee article --variant 'as explained' --from 10/s --to 40/s" + rest);
    EXPECT_EQ(windows.exit_code, 0) << windows.err;
    EXPECT_THAT(windows.out, HasSubstr("model engine"));
    EXPECT_THAT(windows.out, HasSubstr("not measured"));
    EXPECT_THAT(windows.out, HasSubstr("first failure    [16.17, 16.98]/s   16.6/s"));
    const Ended nat = shell("portdrought knee azure-nat-fin-or-rst --variant FIN" + rest);
    EXPECT_EQ(nat.exit_code, 0) << nat.err;
    EXPECT_THAT(nat.out, HasSubstr("first failure    [187.7, 197.1]/s   192/s       agrees"));
}

}  // namespace
}  // namespace portdrought::cli
