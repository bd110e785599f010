#include "cli/option_table.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "cli/format_names.hpp"

namespace portdrought::cli {
namespace {

constexpr std::size_t any_number = 100'000;

constexpr std::array commands{
    Command{"run", "SCENARIO", "Run one scenario, all its variants or one of them, and say what happened.", 1, 1,
            Completes::scenario, "", "portdrought run article --variant \"as listed\" --netstat",
            "Makes one run of each variant, prints what happened in words, and keeps a record of each in the folder "
            "for records. With the kernel engine each run has a network namespace of its own; with the model engine it "
            "takes simulated time and no privilege."},
    Command{"compare", "SCENARIO",
            "Run every variant, repeated and interleaved; what helps, by how much, at what cost.", 1, 1,
            Completes::scenario, "", "portdrought compare loopback-reuse",
            "Runs all variants in turn, several times, and holds each against the first: what helps, by how much, with "
            "which certainty, and what it costs in resets, lost bytes and CPU time. Fewer than four repeats give no "
            "verdict. An interrupted comparison goes on with --resume."},
    Command{"check", "SCENARIO…", "Run scenarios and judge what they expect; exit 1 when an expectation fails.", 1,
            any_number, Completes::scenario, "", "portdrought check my.toml --junit results.xml",
            "Runs each scenario and judges what its [[expect]] sections say. The exit status tells whether all "
            "expectations hold; --junit and --format github make the result part of a build. With --baseline the runs "
            "are also held against earlier records."},
    Command{"report", "RECORD…", "Say again what records already made contain.", 1, any_number, Completes::file, "",
            "portdrought report runs/article-as-listed-1.json --netstat",
            "Prints the report of records that were made before, on any machine; nothing is run."},
    Command{
        "plan", "[SCENARIO]",
        "Which ports run out first, when, and what each mitigation would buy: of a scenario, or of what the options "
        "say.",
        0, 1, Completes::scenario, "", "portdrought plan --profile azure-nat-gateway --hosts 200 --rate 40/s",
        "Says from the arithmetic of ports alone what lasts, when ports run out and what each mitigation gains; "
        "nothing is run. Without a scenario the options say what to plan for, on one screen. With --simulate the model "
        "plays it too."},
    Command{"knee", "SCENARIO", "Find the rates of the latency cliff, the first failure and the steady ceiling.", 1, 1,
            Completes::scenario, "", "portdrought knee three-knees",
            "Searches by rate for three knees, with runs that must agree: from where connect() gets slow, from where "
            "attempts fail, and the most that succeeds under overload. Each stands beside its prediction."},
    Command{"diagnose", "RECORD…", "Port exhaustion, something that looks like it, or neither; with the evidence.", 1,
            any_number, Completes::file, "", "portdrought diagnose runs/article-as-explained-1.json",
            "Tells from the figures of a record, such as any host could show, whether ports ran out, of which kind, or "
            "whether it is something that only looks like it."},
    Command{"validate", "SCENARIO…|RECORD…",
            "Hold the model to the kernel: the same scenario on both, figure by figure; exit 1 beyond a limit.", 1,
            any_number, Completes::scenario_or_record, "", "portdrought validate loopback-reuse",
            "Runs a scenario on the kernel, or takes records of such runs, plays the same on the model and compares "
            "them figure by figure."},
    Command{"sweep", "SCENARIO", "Run a scenario at every point of a grid of settings; one table, one file.", 1, 1,
            Completes::scenario, "", "portdrought sweep port-cliff --vary load.rate=200/s..800/s:200",
            "Runs the scenario at each point of a grid that --vary spans, and keeps the results of all points in one "
            "file. An interrupted sweep goes on with --resume; --shard deals the points to several machines, whose "
            "files merge puts together."},
    Command{"merge", "FILE…", "Put the files of a sweep's shards together.", 1, any_number, Completes::file, "",
            "portdrought merge part-1.json part-2.json --output all.json",
            "Puts the files of the shards of one sweep together and prints the table. Nothing is overwritten."},
    Command{"list", "", "The scenarios, and the profiles of hosts and NATs, that come with the program.", 0, 0,
            Completes::nothing, "", "portdrought list", "Lists the scenarios by topic, then the profiles."},
    Command{"show", "SCENARIO|PROFILE",
            "A scenario with every default filled in, itself a valid scenario; or a profile with the sources of its "
            "values.",
            1, 1, Completes::scenario_or_profile, "", "portdrought show port-cliff --set load.rate=500/s",
            "Prints a scenario as a TOML file that says all that it leaves out, to be kept, changed and run; or a "
            "profile with the source of each value, and which of them nobody could check."},
    Command{"calibrate", "", "Measure what connections cost on this machine, for the model; takes half a minute.", 0, 0,
            Completes::nothing, "", "portdrought calibrate",
            "Measures how long a connection, a failing one and the steps of the search for a port take on this "
            "machine, and stores it where the model engine looks for it."},
    Command{"doctor", "", "Can this machine host the lab; what is missing, and how to allow it.", 0, 0,
            Completes::nothing, "", "portdrought doctor",
            "Tries what the lab needs (namespaces, sysctls, kernel features) and prints what is missing, what for, and "
            "the command that allows it. Changes nothing."},
    Command{"completion", "bash|zsh|fish", "Print a script that completes commands, options and names in a shell.", 1,
            any_number, Completes::nothing, "bash zsh fish", "portdrought completion bash",
            "Prints the script; cmake --install puts it where the shell looks for it. For one session of bash: source "
            "<(portdrought completion bash)."},
    Command{"manual", "[PAGE]", "Print a page of the manual as scdoc source; without a name, the pages there are.", 0,
            1, Completes::nothing, "", "portdrought manual portdrought-run",
            "For the build, which makes manual pages of it where scdoc is installed."},
};

constexpr std::array options{
    Option{"profile", '\0', ValueKind::strings, "NAME",
           "A host's profile or a NAT's (portdrought list); repeatable, so that both can be given", Completes::profile,
           "", "", "plan"},
    Option{"hosts", '\0', ValueKind::string, "N",
           "Hosts that each offer the whole rate; the same as --set topology.hosts=N", Completes::nothing, "", "",
           "plan"},
    Option{"rate", '\0', ValueKind::string, "RATE",
           "Connections per second of each host; the same as --set load.rate=RATE", Completes::nothing, "", "", "plan"},
    Option{"hold", '\0', ValueKind::string, "TIME", "How long a connection is open; the same as --set load.hold=TIME",
           Completes::nothing, "", "", "plan"},
    Option{"destinations", '\0', ValueKind::string, "N",
           "Addresses and ports that they connect to; the same as --set host.destinations=N", Completes::nothing, "",
           "", "plan"},
    Option{"closer", '\0', ValueKind::string, "WHO",
           "Who closes first: client, server, both or never; the same as --set load.closer=WHO", Completes::nothing,
           "client server both never", "", "plan"},
    Option{"simulate", '\0', ValueKind::flag, "",
           "Let the model engine play it, and the mitigations that gain most, beside the laws", Completes::nothing, "",
           "", "plan"},
    Option{"variant", '\0', ValueKind::string, "NAME", "Run this variant only", Completes::variant, "", "",
           "run check plan knee validate sweep"},
    Option{"set", '\0', ValueKind::strings, "KEY=VALUE",
           "Override a key of the scenario, such as load.rate=500/s; repeatable", Completes::key, "", "",
           "run compare check plan knee validate sweep show"},
    Option{"engine", '\0', ValueKind::string, "ENGINE", "The same as --set lab.engine=ENGINE: kernel or model",
           Completes::nothing, "kernel model", "", "run compare check knee sweep show"},
    Option{"costs", '\0', ValueKind::string, "FILE",
           "What connections cost in the model: a file that calibrate has written, or builtin (default the file that "
           "calibrate has stored, else builtin)",
           Completes::file, "builtin", "", "run compare check plan validate sweep"},
    Option{"seed", '\0', ValueKind::string, "N", "The same as --set lab.seed=N", Completes::nothing, "", "",
           "run compare check plan knee validate sweep show"},
    Option{"time-scale", '\0', ValueKind::string, "X", "The same as --set lab.time_scale=X", Completes::nothing, "", "",
           "run compare check plan knee sweep show"},
    Option{"repeat", '\0', ValueKind::number, "N", "Runs of each variant (default 1)", Completes::nothing, "", "",
           "run check"},
    Option{
        "repeat", '\0', ValueKind::number, "N",
        "Runs of each variant, interleaved (default 9; fewer than 4 give no verdict, and several variants need more)",
        Completes::nothing, "", "", "compare"},
    Option{"repeat", '\0', ValueKind::number, "N", "Runs of each kind, of which the median counts (default 3)",
           Completes::nothing, "", "", "calibrate"},
    Option{"repeat", '\0', ValueKind::number, "N", "Runs of each point, with seeds counted up (default 1)",
           Completes::nothing, "", "", "sweep"},
    Option{"repeat", '\0', ValueKind::number, "N", "Runs that must agree at either end of a bracket (default 2)",
           Completes::nothing, "", "", "knee"},
    Option{"vary", '\0', ValueKind::strings, "KEY=VALUES",
           "Values that a key takes in turn: A,B,C or LO..HI:STEP or LO..HI:xFACTOR, such as "
           "load.rate=100/s..2000/s:25; repeatable, the first changes slowest",
           Completes::key, "", "", "sweep"},
    Option{"jobs", '\0', ValueKind::number, "N",
           "Points made at a time (default one per processor; the kernel engine makes one)", Completes::nothing, "", "",
           "sweep"},
    Option{"shard", '\0', ValueKind::string, "I/N", "Make only part I of N of the points", Completes::nothing, "", "",
           "sweep"},
    Option{"resume", '\0', ValueKind::string, "FILE",
           "Make only the points that FILE does not hold yet, and add them to it", Completes::file, "", "", "sweep"},
    Option{"output", 'o', ValueKind::string, "FILE", "File for the results (default sweep.json)", Completes::file, "",
           "sweep.json", "sweep"},
    Option{"output", 'o', ValueKind::string, "FILE",
           "File for the costs (default costs.json in $XDG_CONFIG_HOME/portdrought or ~/.config/portdrought, where the "
           "model looks for them)",
           Completes::file, "", "", "calibrate"},
    Option{"output", 'o', ValueKind::string, "FILE", "File for all of them", Completes::file, "", "", "merge"},
    Option{"budget", '\0', ValueKind::string, "TIME", "Longest time for each variant, real time (default 120s)",
           Completes::nothing, "", "", "knee"},
    Option{"from", '\0', ValueKind::string, "RATE", "Lowest rate to try (default 0.7 x the lowest knee predicted)",
           Completes::nothing, "", "", "knee"},
    Option{"to", '\0', ValueKind::string, "RATE",
           "Highest rate to try, the overload (default 1.25 x the highest knee predicted)", Completes::nothing, "", "",
           "knee"},
    Option{"resolution", '\0', ValueKind::string, "PERCENT", "How close the ends of a bracket must come (default 5%)",
           Completes::nothing, "", "", "knee"},
    Option{"output", 'o', ValueKind::string, "DIR", "Folder for the records (default runs)", Completes::folder, "",
           "runs", "run compare check knee validate"},
    Option{"resume", '\0', ValueKind::string, "DIR", "Make only the runs whose records DIR does not hold yet",
           Completes::folder, "", "", "compare"},
    Option{"limit", '\0', ValueKind::string, "PERCENT",
           "How far the engines may lie apart, of attempts, pairs and times (default 1%)", Completes::nothing, "", "",
           "validate"},
    Option{"netstat", '\0', ValueKind::flag, "", "Also print the listing that netstat -ano would show",
           Completes::nothing, "", "", "run report"},
    Option{"compare", '\0', ValueKind::flag, "", "Put the records side by side", Completes::nothing, "", "", "report"},
    Option{"format", '\0', ValueKind::string, "FORMAT",
           "text, json, markdown, csv, junit, openmetrics, or openmetrics-samples for the samples too (default text)",
           Completes::nothing, "text json markdown csv junit openmetrics openmetrics-samples", "text",
           "run compare report"},
    Option{"format", '\0', ValueKind::string, "FORMAT",
           "text, json, markdown, csv, junit or openmetrics (default text)", Completes::nothing,
           "text json markdown csv junit openmetrics", "text", "knee validate"},
    Option{"format", '\0', ValueKind::string, "FORMAT",
           "text, json, markdown, csv, junit, openmetrics, openmetrics-samples for the samples too, or github for "
           "annotations (default text)",
           Completes::nothing, "text json markdown csv junit openmetrics openmetrics-samples github", "text", "check"},
    Option{"format", '\0', ValueKind::string, "FORMAT", "text, json, markdown, csv or junit (default text)",
           Completes::nothing, "text json markdown csv junit", "text", "sweep merge"},
    Option{"format", '\0', ValueKind::string, "FORMAT", "text or json (default text)", Completes::nothing, "text json",
           "text", "plan diagnose calibrate"},
    Option{"html", '\0', ValueKind::string, "FILE",
           "Also write the report to this file, as one page that needs no network", Completes::file, "", "",
           "run compare check report knee validate sweep merge"},
    Option{"serve", '\0', ValueKind::string, "ADDRESS",
           "Serve a page of the runs while they go on; 127.0.0.1:0 takes any free port", Completes::nothing,
           "127.0.0.1:0", "", "run compare check"},
    Option{"junit", '\0', ValueKind::string, "FILE", "Also write the results to this file, as JUnit XML",
           Completes::file, "", "", "check"},
    Option{"baseline", '\0', ValueKind::strings, "FILE",
           "Compare with this record, or the records in this folder; repeatable", Completes::file, "", "", "check"},
    Option{"quiet", 'q', ValueKind::flag, "", "No progress", Completes::nothing, "", "",
           "run compare check knee validate sweep merge calibrate"},
    Option{"no-color", '\0', ValueKind::flag, "", "No colours; so does the environment variable NO_COLOR",
           Completes::nothing, "", "",
           "run compare check report plan knee diagnose validate sweep merge calibrate doctor"},
    Option{"help", 'h', ValueKind::flag, "", "This text", Completes::nothing, "", "", "*"},
};

/// Whether command_line.cpp knows every word that a row for --format offers.
constexpr bool are_formats_known() {
    for (const Option& option : options) {
        if (option.name != "format") continue;
        for (std::string_view rest = option.words; !rest.empty();) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            if (!format_of(rest.substr(0, end))) return false;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return true;
}
static_assert(are_formats_known(), "a word of --format is missing in format_names.hpp");

bool takes(const Command& command, const Option& option) {
    return option.commands == "*" || std::ranges::count(words_of(option.commands), command.name) > 0;
}

}  // namespace

std::span<const Command> all_commands() { return commands; }

const Command* find_command(std::string_view name) {
    const auto* found = std::ranges::find(commands, name, &Command::name);
    return found == commands.end() ? nullptr : found;
}

std::span<const Option> all_options() { return options; }

std::vector<Option> options_of(const Command& command) {
    std::vector<Option> result;
    std::ranges::copy_if(options, std::back_inserter(result), [&](const Option& each) { return takes(command, each); });
    return result;
}

const Option* find_option(const Command& command, std::string_view name) {
    const auto* found =
        std::ranges::find_if(options, [&](const Option& each) { return each.name == name && takes(command, each); });
    return found == options.end() ? nullptr : found;
}

std::vector<std::string_view> words_of(std::string_view list) {
    std::vector<std::string_view> words;
    while (!list.empty()) {
        const std::size_t end = list.find(' ');
        if (end != 0) words.push_back(list.substr(0, end));
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    return words;
}

}  // namespace portdrought::cli
