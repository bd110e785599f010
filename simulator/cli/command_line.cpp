#include "cli/command_line.hpp"

#define CXXOPTS_VECTOR_DELIMITER '\0'  // a value such as 20000-20499,20600 is one value
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cxxopts.hpp>
#include <memory>
#include <string_view>

#include "analysis/text/layout.hpp"
#include "cli/format_names.hpp"
#include "cli/option_table.hpp"
#include "cli/shell_word.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "scenario/keys/nearest.hpp"

namespace portdrought::cli {
namespace {

const Command& command_of(const std::string& name) {
    if (const Command* found = find_command(name)) return *found;
    std::vector<std::string> names;
    for (const Command& command : all_commands()) names.emplace_back(command.name);
    const std::string meant = scenario::did_you_mean(name, names);
    throw UsageError(
        fmt::format("\"{}\" is not a command{}", name, meant.empty() ? "; portdrought --help lists them all" : meant));
}

/// In the characters of the locale.
std::string readable(std::string help) {
    text::TextStyle style;
    style.ascii = !speaks_utf8();
    return text::finish(std::move(help), style);
}

std::string overview(std::size_t width) {
    std::string text =
        "portdrought: why ephemeral ports run out, what helps, and what the help costs\n\n"
        "Usage: portdrought COMMAND [ARGUMENT…] [OPTION…]\n\nCommands:\n";
    for (const Command& command : all_commands())
        text +=
            text::entry(readable(fmt::format("  {} {}", command.name, command.arguments)), 21, command.summary, width);
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

using Strings = std::vector<std::string>;

std::shared_ptr<cxxopts::Value> value_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::flag: return cxxopts::value<bool>();
        case ValueKind::strings: return cxxopts::value<Strings>();
        case ValueKind::number:  // read by us, to say what is wrong with it
        case ValueKind::string: break;
    }
    return cxxopts::value<std::string>();
}

/// `width` is that of --help.
cxxopts::Options parser_of(const Command& command, std::size_t width) {
    cxxopts::Options parser(fmt::format("portdrought {}", command.name), text::paragraph(command.summary, 0, width));
    parser.custom_help("[OPTION…]").positional_help(std::string(command.arguments)).set_width(width);
    for (const Option& option : options_of(command)) {
        const std::string letter = option.letter == '\0' ? "" : fmt::format("{},", option.letter);
        parser.add_option("", cxxopts::Option(letter + std::string(option.name), std::string(option.help),
                                              value_of(option.kind), std::string(option.argument)));
    }
    parser.add_options("hidden")("names", "", cxxopts::value<Strings>());
    parser.parse_positional({"names"});
    return parser;
}

/// "text or json", "text, json or github"
std::string alternatives(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += fmt::format("{}{}", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
    return text;
}

Format format_from(const Option& option, const std::string& text) {
    const std::vector<std::string_view> words = words_of(option.words);
    const std::optional<Format> format = format_of(text);
    if (!format || std::ranges::count(words, text) == 0)
        throw UsageError(fmt::format("--format: \"{}\" is not a format; write {}", text, alternatives(words)));
    return *format;
}

std::uint32_t whole_number(std::string_view option, const std::string& text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
    throw UsageError(fmt::format("--{}: \"{}\" is not a whole number; write one, such as 3", option, text));
}

CommandLine read(const Command& command, const cxxopts::ParseResult& result) {
    CommandLine line;
    line.command = command.name;
    const auto has = [&](const char* name) { return find_option(command, name) != nullptr && result.count(name) > 0; };
    const auto text_of = [&](const char* name) {
        return has(name) ? std::optional{result[name].as<std::string>()} : std::nullopt;
    };
    const auto texts_of = [&](const char* name) { return has(name) ? result[name].as<Strings>() : Strings{}; };
    const auto number_of = [&](const char* name) {
        return has(name) ? std::optional{whole_number(name, result[name].as<std::string>())} : std::nullopt;
    };
    const auto is_on = [&](const char* name) { return has(name) && result[name].as<bool>(); };
    const auto add_setting = [&](const char* option, std::string_view key) {
        if (const auto value = text_of(option)) line.settings.push_back(setting_of(option, key, *value));
    };
    if (result.count("names") > 0) line.names = result["names"].as<Strings>();
    line.variant = text_of("variant");
    for (const std::string& setting : texts_of("set")) line.settings.push_back({setting, ""});
    add_setting("engine", "lab.engine");
    add_setting("seed", "lab.seed");
    add_setting("time-scale", "lab.time_scale");
    line.profiles = texts_of("profile");
    line.repeat = number_of("repeat");
    if (const Option* output = find_option(command, "output"))
        line.output = text_of("output").value_or(std::string(output->initial));
    line.resume = text_of("resume");
    line.vary = texts_of("vary");
    line.jobs = number_of("jobs");
    line.shard = text_of("shard");
    if (const auto format = text_of("format")) line.format = format_from(*find_option(command, "format"), *format);
    line.junit = text_of("junit");
    line.html = text_of("html");
    line.serve = text_of("serve");
    line.baseline = texts_of("baseline");
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
    line.netstat = is_on("netstat");
    line.compare = is_on("compare");
    line.simulate = is_on("simulate");
    line.quiet = is_on("quiet");
    line.colour = !is_on("no-color");
    return line;
}

std::string typed(int argc, const char* const* argv) {
    std::string line = "portdrought";
    for (int i = 1; i < argc; ++i) line += ' ' + shell_word(argv[i]);
    return line;
}

void check_names(const Command& command, const CommandLine& line) {
    const std::size_t count = line.names.size();
    if (count >= command.least_names && count <= command.most_names) return;
    const std::string problem =
        count == 0 ? fmt::format("no {} is named", command.arguments)
        : command.most_names == 0
            ? fmt::format("\"{}\" is one argument too many, since it takes none", line.names.front())
            : fmt::format("\"{}\" is one argument too many", line.names[command.most_names]);
    throw UsageError(fmt::format("{}: {}; write for example: {}", command.name, problem, command.example));
}

void check_repeat(const CommandLine& line) {
    constexpr std::uint32_t most = 1000;
    if (line.repeat && (*line.repeat == 0 || *line.repeat > most))
        throw UsageError(fmt::format("--repeat: {} is out of range; write 1 to {}", *line.repeat, most));
}

/// The option that the library's sentence has in its quotation marks.
std::string option_in(std::string_view sentence) {
    constexpr std::string_view opening = "\u2018", closing = "\u2019";
    const std::size_t begin = sentence.find(opening), end = sentence.find(closing);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    const std::string name{sentence.substr(begin + opening.size(), end - begin - opening.size())};
    return (name.size() == 1 ? "-" : "--") + name;
}

/// What the parser did not understand, and what to do.
std::string words_for(const cxxopts::exceptions::exception& error, const Command& command) {
    const std::string option = option_in(error.what());
    if (dynamic_cast<const cxxopts::exceptions::no_such_option*>(&error) != nullptr) {
        std::vector<std::string> known;
        for (const Option& each : options_of(command)) known.push_back(fmt::format("--{}", each.name));
        const std::string meant = scenario::did_you_mean(option, known);
        return fmt::format("there is no option {}{}", option,
                           meant.empty() ? fmt::format("; portdrought {} --help lists them all", command.name) : meant);
    }
    if (dynamic_cast<const cxxopts::exceptions::missing_argument*>(&error) != nullptr) {
        const Option* known =
            find_option(command, std::string_view{option}.substr(std::min<std::size_t>(2, option.size())));
        return fmt::format("{} has no value; write {} {}", option, option,
                           known != nullptr ? known->argument : "VALUE");
    }
    return fmt::format("{}; portdrought {} --help shows what can be written", error.what(), command.name);
}

}  // namespace

Setting setting_of(std::string_view option, std::string_view key, std::string_view value) {
    return {fmt::format("{}={}", key, value), fmt::format("--{} {}", option, value)};
}

Parsed parse(int argc, const char* const* argv) {
    if (argc < 2)
        throw UsageError("no command is named; write for example: portdrought run article, or see portdrought --help");
    const std::size_t width = std::min<std::size_t>(terminal_width(), text::prose_width);
    const std::string first = argv[1];
    if (first == "--help" || first == "-h" || first == "help") return {{}, readable(overview(width))};
    if (first == "--version") return {{}, fmt::format("portdrought {} ({})\n", version, git_revision)};
    const Command& command = command_of(first);
    cxxopts::Options parser = parser_of(command, width);
    try {
        const cxxopts::ParseResult result = parser.parse(argc - 1, argv + 1);
        if (result.count("help") > 0)
            return {{}, readable(parser.help({""}) + fmt::format("\nExample: {}\n", command.example))};
        CommandLine line = read(command, result);
        line.typed = typed(argc, argv);
        check_names(command, line);
        check_repeat(line);
        if (line.resume && result.count("output") > 0)
            throw UsageError(
                fmt::format("--resume: it names the {} for what is new too; leave --output out",
                            find_option(command, "resume")->completes == Completes::file ? "file" : "folder"));
        return {line, std::nullopt};
    } catch (const cxxopts::exceptions::exception& error) {
        throw UsageError(fmt::format("{}: {}", command.name, words_for(error, command)));
    }
}

}  // namespace portdrought::cli
