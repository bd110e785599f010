#include "cli/command_line.hpp"

#define CXXOPTS_VECTOR_DELIMITER '\0'  // a value such as 20000-20499,20600 is one value
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cxxopts.hpp>
#include <string_view>

#include "analysis/text/layout.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"

namespace portdrought::cli {
namespace {

struct Command {
    std::string_view name;
    std::string_view arguments;
    std::string_view summary;
    std::string_view options;  // names of common options it takes, separated by spaces
    std::size_t least_names, most_names;
    std::string_view example;
};

constexpr std::size_t any_number = 100'000;
constexpr std::string_view run_options =
    "variant set engine costs seed time-scale repeat output netstat format quiet no-color";
constexpr std::string_view compare_options =
    "set engine costs seed time-scale repeat output resume format quiet no-color";
constexpr std::string_view knee_options =
    "variant set engine seed time-scale repeat budget from to resolution output format quiet no-color";
constexpr std::string_view validate_options = "variant set costs seed limit output format quiet no-color";
constexpr std::string_view plan_options =
    "profile hosts rate hold destinations closer simulate costs variant set seed time-scale format no-color";
constexpr std::string_view check_options =
    "variant set engine costs seed time-scale repeat output junit baseline format-check quiet no-color";

constexpr std::string_view sweep_options =
    "vary variant set engine costs seed time-scale repeat jobs shard resume-file output-file format quiet no-color";

constexpr std::array commands{
    Command{"run", "SCENARIO", "Run one scenario, all its variants or one of them, and say what happened.", run_options,
            1, 1, "portdrought run article --variant \"as listed\" --netstat"},
    Command{"compare", "SCENARIO",
            "Run every variant, repeated and interleaved; what helps, by how much, at what cost.", compare_options, 1,
            1, "portdrought compare loopback-reuse"},
    Command{"check", "SCENARIO…", "Run scenarios and judge what they expect; exit 1 when an expectation fails.",
            check_options, 1, any_number, "portdrought check my.toml --junit results.xml"},
    Command{"report", "RECORD…", "Say again what records already made contain.", "netstat compare format no-color", 1,
            any_number, "portdrought report runs/article-as-listed-1.json --netstat"},
    Command{
        "plan", "[SCENARIO]",
        "Which ports run out first, when, and what each mitigation would buy: of a scenario, or of what the options "
        "say.",
        plan_options, 0, 1, "portdrought plan --profile azure-nat-gateway --hosts 200 --rate 40/s"},
    Command{"knee", "SCENARIO", "Find the rates of the latency cliff, the first failure and the steady ceiling.",
            knee_options, 1, 1, "portdrought knee three-knees"},
    Command{"diagnose", "RECORD…", "Port exhaustion, something that looks like it, or neither; with the evidence.",
            "format no-color", 1, any_number, "portdrought diagnose runs/article-as-explained-1.json"},
    Command{"validate", "SCENARIO…|RECORD…",
            "Hold the model to the kernel: the same scenario on both, figure by figure; exit 1 beyond a limit.",
            validate_options, 1, any_number, "portdrought validate loopback-reuse"},
    Command{"sweep", "SCENARIO", "Run a scenario at every point of a grid of settings; one table, one file.",
            sweep_options, 1, 1, "portdrought sweep port-cliff --vary load.rate=200/s..800/s:200"},
    Command{"merge", "FILE…", "Put the files of a sweep's shards together.", "output-merged format quiet no-color", 1,
            any_number, "portdrought merge part-1.json part-2.json --output all.json"},
    Command{"list", "", "The scenarios, and the profiles of hosts and NATs, that come with the program.", "", 0, 0,
            "portdrought list"},
    Command{"show", "SCENARIO|PROFILE",
            "A scenario with every default filled in, itself a valid scenario; or a profile with the sources of its "
            "values.",
            "set engine seed time-scale", 1, 1, "portdrought show port-cliff --set load.rate=500/s"},
    Command{"calibrate", "", "Measure what connections cost on this machine, for the model; takes half a minute.",
            "repeat output-costs format quiet no-color", 0, 0, "portdrought calibrate"},
    Command{"doctor", "", "Can this machine host the lab; what is missing, and how to allow it.", "no-color", 0, 0,
            "portdrought doctor"},
};

const Command& find_command(const std::string& name) {
    const auto* found = std::ranges::find(commands, name, &Command::name);
    if (found == commands.end()) throw UsageError(fmt::format("\"{}\" is not a command; see portdrought --help", name));
    return *found;
}

std::string overview(std::size_t width) {
    std::string text =
        "portdrought: why ephemeral ports run out, what helps, and what the help costs\n\n"
        "Usage: portdrought COMMAND [ARGUMENT…] [OPTION…]\n\nCommands:\n";
    for (const Command& command : commands)
        text += text::entry(fmt::format("  {} {}", command.name, command.arguments), 21, command.summary, width);
    for (const std::string_view paragraph :
         {"See portdrought COMMAND --help for its options.",
          "SCENARIO is a name from the catalogue (portdrought list) or the path of a TOML file. Results go to stdout, "
          "progress and errors to stderr.",
          "Exit codes: 0 fine; 1 an expectation failed, or engines differ; 2 the command or the scenario is wrong; "
          "3 this machine cannot do it; 4 the measurement is not valid; 130 interrupted, with the records so far kept.",
          "Example: portdrought run article"})
        text += '\n' + text::paragraph(paragraph, 0, width);
    return text;
}

bool takes(const Command& command, std::string_view option) {
    return fmt::format(" {} ", command.options).find(fmt::format(" {} ", option)) != std::string::npos;
}

/// `width` is that of --help.
cxxopts::Options options_of(const Command& command, std::size_t width) {
    cxxopts::Options options(fmt::format("portdrought {}", command.name), text::paragraph(command.summary, 0, width));
    options.custom_help("[OPTION…]").positional_help(std::string(command.arguments)).set_width(width);
    const auto add = [&](const std::string& name, const char* names, const char* text,
                         const std::shared_ptr<cxxopts::Value>& value, const char* argument = "") {
        if (takes(command, name)) options.add_option("", cxxopts::Option(names, text, value, argument));
    };
    using cxxopts::value;
    using Strings = std::vector<std::string>;
    add("profile", "profile", "A host's profile or a NAT's (portdrought list); repeatable, so that both can be given",
        value<Strings>(), "NAME");
    add("hosts", "hosts", "Hosts that each offer the whole rate; the same as --set topology.hosts=N",
        value<std::string>(), "N");
    add("rate", "rate", "Connections per second of each host; the same as --set load.rate=RATE", value<std::string>(),
        "RATE");
    add("hold", "hold", "How long a connection is open; the same as --set load.hold=TIME", value<std::string>(),
        "TIME");
    add("destinations", "destinations",
        "Addresses and ports that they connect to; the same as --set host.destinations=N", value<std::string>(), "N");
    add("closer", "closer", "Who closes first: client, server, both or never; the same as --set load.closer=WHO",
        value<std::string>(), "WHO");
    add("simulate", "simulate", "Let the model engine play it, and the mitigations that gain most, beside the laws",
        value<bool>());
    add("variant", "variant", "Run this variant only", value<std::string>(), "NAME");
    add("set", "set", "Override a key of the scenario, such as load.rate=500/s; repeatable", value<Strings>(),
        "KEY=VALUE");
    add("engine", "engine", "The same as --set lab.engine=ENGINE: kernel or model", value<std::string>(), "ENGINE");
    add("costs", "costs",
        "What connections cost in the model: a file that calibrate has written, or builtin (default the file that "
        "calibrate has stored, else builtin)",
        value<std::string>(), "FILE");
    add("seed", "seed", "The same as --set lab.seed=N", value<std::string>(), "N");
    add("time-scale", "time-scale", "The same as --set lab.time_scale=X", value<std::string>(), "X");
    add("repeat", "repeat",
        command.name == "compare"     ? "Runs of each variant, interleaved (default 9; fewer than 4 give no verdict)"
        : command.name == "calibrate" ? "Runs of each kind, of which the median counts (default 3)"
        : command.name == "sweep"     ? "Runs of each point, with seeds counted up (default 1)"
        : command.name == "knee"      ? "Runs that must agree at either end of a bracket (default 2)"
                                      : "Runs of each variant (default 1)",
        value<std::uint32_t>(), "N");
    add("vary", "vary",
        "Values that a key takes in turn: A,B,C or LO..HI:STEP or LO..HI:xFACTOR, such as "
        "load.rate=100/s..2000/s:25; repeatable, the first changes slowest",
        value<Strings>(), "KEY=VALUES");
    add("jobs", "jobs", "Points made at a time (default one per processor; the kernel engine makes one)",
        value<std::uint32_t>(), "N");
    add("shard", "shard", "Make only part I of N of the points", value<std::string>(), "I/N");
    add("resume-file", "resume", "Make only the points that FILE does not hold yet, and add them to it",
        value<std::string>(), "FILE");
    add("output-file", "o,output", "File for the results (default sweep.json)", value<std::string>(), "FILE");
    add("output-costs", "o,output",
        "File for the costs (default costs.json in $XDG_CONFIG_HOME/portdrought or ~/.config/portdrought, where the "
        "model looks for them)",
        value<std::string>(), "FILE");
    add("output-merged", "o,output", "File for all of them", value<std::string>(), "FILE");
    add("budget", "budget", "Longest time for each variant, real time (default 120s)", value<std::string>(), "TIME");
    add("from", "from", "Lowest rate to try (default 0.7 x the lowest knee predicted)", value<std::string>(), "RATE");
    add("to", "to", "Highest rate to try, the overload (default 1.25 x the highest knee predicted)",
        value<std::string>(), "RATE");
    add("resolution", "resolution", "How close the ends of a bracket must come (default 5%)", value<std::string>(),
        "PERCENT");
    add("output", "o,output", "Folder for the records (default runs)", value<std::string>(), "DIR");
    add("resume", "resume", "Make only the runs whose records DIR does not hold yet", value<std::string>(), "DIR");
    add("limit", "limit", "How far the engines may lie apart, of attempts, pairs and times (default 1%)",
        value<std::string>(), "PERCENT");
    add("netstat", "netstat", "Also print the listing that netstat -ano would show", value<bool>());
    add("compare", "compare", "Put the records side by side", value<bool>());
    add("format", "format", "text or json (default text)", value<std::string>(), "FORMAT");
    add("format-check", "format", "text, json, or github for annotations (default text)", value<std::string>(),
        "FORMAT");
    add("junit", "junit", "Also write the results to this file, as JUnit XML", value<std::string>(), "FILE");
    add("baseline", "baseline", "Compare with this record, or the records in this folder; repeatable", value<Strings>(),
        "FILE");
    add("quiet", "q,quiet", "No progress", value<bool>());
    add("no-color", "no-color", "No colours; so does the environment variable NO_COLOR", value<bool>());
    options.add_options()("h,help", "This text");
    options.add_options("hidden")("names", "", value<Strings>());
    options.parse_positional({"names"});
    return options;
}

Format format_from(const Command& command, const std::string& text) {
    if (text == "text") return Format::text;
    if (text == "json") return Format::json;
    if (text == "github" && command.name == "check") return Format::github;
    throw UsageError(fmt::format("--format: \"{}\" is not a format; write text{} json{}", text,
                                 command.name == "check" ? "," : " or", command.name == "check" ? " or github" : ""));
}

CommandLine read(const Command& command, const cxxopts::ParseResult& result) {
    CommandLine line;
    line.command = command.name;
    const auto has = [&](const char* name) { return takes(command, name) && result.count(name) > 0; };
    if (result.count("names") > 0) line.names = result["names"].as<std::vector<std::string>>();
    if (has("variant")) line.variant = result["variant"].as<std::string>();
    if (has("set"))
        for (const std::string& setting : result["set"].as<std::vector<std::string>>())
            line.settings.push_back({setting, ""});
    const auto add_setting = [&](const char* option, std::string_view key) {
        if (has(option)) line.settings.push_back(setting_of(option, key, result[option].as<std::string>()));
    };
    add_setting("engine", "lab.engine");
    add_setting("seed", "lab.seed");
    add_setting("time-scale", "lab.time_scale");
    if (has("profile")) line.profiles = result["profile"].as<std::vector<std::string>>();
    if (has("repeat")) line.repeat = result["repeat"].as<std::uint32_t>();
    if (has("output")) line.output = result["output"].as<std::string>();
    const auto takes_any = [&](std::initializer_list<const char*> options, const char* name) {
        return result.count(name) > 0 &&
               std::ranges::any_of(options, [&](auto option) { return takes(command, option); });
    };
    if (takes(command, "output-file")) line.output = "sweep.json";
    if (takes_any({"output-file", "output-merged", "output-costs"}, "output"))
        line.output = result["output"].as<std::string>();
    if ((takes(command, "output-merged") || takes(command, "output-costs")) && result.count("output") == 0)
        line.output.clear();
    if (takes_any({"resume", "resume-file"}, "resume")) line.resume = result["resume"].as<std::string>();
    if (has("vary")) line.vary = result["vary"].as<std::vector<std::string>>();
    if (has("jobs")) line.jobs = result["jobs"].as<std::uint32_t>();
    if (has("shard")) line.shard = result["shard"].as<std::string>();
    if (has("format") || (takes(command, "format-check") && result.count("format") > 0))
        line.format = format_from(command, result["format"].as<std::string>());
    if (has("junit")) line.junit = result["junit"].as<std::string>();
    if (has("baseline")) line.baseline = result["baseline"].as<std::vector<std::string>>();
    const auto text_of = [&](const char* name) {
        return has(name) ? std::optional{result[name].as<std::string>()} : std::nullopt;
    };
    line.costs = text_of("costs");
    line.budget = text_of("budget");
    line.from = text_of("from");
    line.to = text_of("to");
    line.resolution = text_of("resolution");
    line.limit = text_of("limit");
    line.hosts = text_of("hosts");
    line.rate = text_of("rate");
    line.hold = text_of("hold");
    line.destinations = text_of("destinations");
    line.closer = text_of("closer");
    const auto is_on = [&](const char* name) { return has(name) && result[name].as<bool>(); };
    line.netstat = is_on("netstat");
    line.compare = is_on("compare");
    line.simulate = is_on("simulate");
    line.quiet = is_on("quiet");
    line.colour = !is_on("no-color");
    return line;
}

void check_names(const Command& command, const CommandLine& line) {
    const std::size_t count = line.names.size();
    if (count >= command.least_names && count <= command.most_names) return;
    const std::string_view wants = command.most_names == 0 ? "no argument" : command.arguments;
    throw UsageError(
        fmt::format("{} takes {}, not {} of them; for example: {}", command.name, wants, count, command.example));
}

void check_repeat(const CommandLine& line) {
    constexpr std::uint32_t most = 1000;
    if (line.repeat && (*line.repeat == 0 || *line.repeat > most))
        throw UsageError(fmt::format("--repeat: {} is out of range; write 1 to {}", *line.repeat, most));
}

}  // namespace

Setting setting_of(std::string_view option, std::string_view key, std::string_view value) {
    return {fmt::format("{}={}", key, value), fmt::format("--{} {}", option, value)};
}

Parsed parse(int argc, const char* const* argv) {
    if (argc < 2) throw UsageError("no command; see portdrought --help");
    const std::size_t width = std::min<std::size_t>(terminal_width(), text::prose_width);
    const std::string first = argv[1];
    if (first == "--help" || first == "-h" || first == "help") return {{}, overview(width)};
    if (first == "--version") return {{}, fmt::format("portdrought {} ({})\n", version, git_revision)};
    const Command& command = find_command(first);
    cxxopts::Options options = options_of(command, width);
    try {
        const cxxopts::ParseResult result = options.parse(argc - 1, argv + 1);
        if (result.count("help") > 0) return {{}, options.help({""}) + fmt::format("\nExample: {}\n", command.example)};
        CommandLine line = read(command, result);
        check_names(command, line);
        check_repeat(line);
        if (line.resume && result.count("output") > 0)
            throw UsageError(fmt::format("--resume: it names the {} for what is new too; leave --output out",
                                         takes(command, "resume-file") ? "file" : "folder"));
        return {line, std::nullopt};
    } catch (const cxxopts::exceptions::exception& error) {
        throw UsageError(fmt::format("{}; see portdrought {} --help", error.what(), command.name));
    }
}

}  // namespace portdrought::cli
