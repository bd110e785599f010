#include "cli/manual.hpp"

#include <fmt/format.h>

#include "cli/option_table.hpp"
#include "cli/version.hpp"

namespace portdrought::cli {
namespace {

/// Text without the marks of scdoc.
std::string escaped(std::string_view text) {
    constexpr std::string_view marks = "_*\\`~<>";
    std::string result;
    for (const char c : text) {
        if (marks.find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

std::string header(std::string_view page) {
    return fmt::format("{}(1) \"portdrought {}\" \"portdrought\"\n\n", page, version);
}

std::string page_of(const Command& command) { return fmt::format("portdrought-{}", command.name); }

/// "portdrought-run - run one scenario", as whatis(1) lists it.
std::string name_section(std::string_view page, std::string_view what) {
    std::string words{what};
    if (words.ends_with('.')) words.pop_back();
    return fmt::format("# NAME\n\n{} - {}\n\n", page, escaped(words));
}

/// "*-q*, *--quiet*" with its help.
std::string option_entry(const Option& option) {
    std::string text;
    if (option.letter != '\0') text += fmt::format("*-{}*, ", option.letter);
    text += fmt::format("*--{}*", option.name);
    if (!option.argument.empty()) text += fmt::format(" _{}_", escaped(option.argument));
    return text + fmt::format("\n\t{}\n\n", escaped(option.help));
}

constexpr std::string_view exit_status = R"(# EXIT STATUS

*0*
	Fine.

*1*
	An expectation failed, or something is worse than the baseline (*portdrought-check*(1)); the engines differ (*portdrought-validate*(1)).

*2*
	The command or the scenario is wrong; all mistakes are listed, nothing was run.

*3*
	This machine cannot do it; the message says what is missing and how to allow it.

*4*
	The measurement is not valid; the record says why.

*130*
	Interrupted; the records so far are complete and readable.

)";

constexpr std::string_view environment = R"(# ENVIRONMENT

*COLUMNS*
	How wide the output is where stdout is no terminal.

*NO\_COLOR*
	Set to anything, there are no colours.

*TERM*
	"dumb": no colours, and no line that is rewritten in place.

*LC\_ALL*, *LC\_CTYPE*, *LANG*
	The first that is set decides: without UTF-8 in it the output keeps to ASCII.

*XDG\_CONFIG\_HOME*
	Where the costs of this machine are looked for; \~/.config where it is not set.

)";

constexpr std::string_view files = R"(# FILES

_runs/_
	Where records go, unless *--output* names another folder.

_sweep.json_
	Where the results of a sweep go, unless *--output* names another file.

_\~/.config/portdrought/costs.json_
	What connections cost on this machine, as *portdrought-calibrate*(1) has measured it.

)";

std::string see_also(std::string_view but) {
    std::string text = "# SEE ALSO\n\n";
    if (but != "portdrought") text += "*portdrought*(1), ";
    for (const Command& command : all_commands())
        if (page_of(command) != but) text += fmt::format("*{}*(1), ", page_of(command));
    return text + "*ss*(8), *netstat*(8)\n";
}

std::string main_page() {
    std::string text = header("portdrought");
    text += name_section("portdrought", "why ephemeral ports run out, what helps, and what the help costs");
    text +=
        "# SYNOPSIS\n\n*portdrought* _COMMAND_ \\[_ARGUMENT_…\\] \\[_OPTION_…\\]\n\n*portdrought* *--help* | "
        "*--version*\n\n";
    text +=
        "# DESCRIPTION\n\nMakes TCP ports run out on purpose, on the real Linux kernel in a private network namespace "
        "that touches nothing of the machine, or on a model of other systems. It says in words when and why that "
        "happened, and compares what helps with what the help costs.\n\nA _SCENARIO_ is a name from the catalogue "
        "(*portdrought-list*(1)) or the path of a TOML file. Results go to stdout, progress and errors to stderr.\n\n";
    text += "# COMMANDS\n\n";
    for (const Command& command : all_commands())
        text += fmt::format("*{}*(1)\n\t{}\n\n", page_of(command), escaped(command.summary));
    text += exit_status;
    text += "# EXAMPLES\n\n```\nportdrought run article\n```\n\n";
    text += files;
    text += environment;
    return text + see_also("portdrought");
}

std::string command_page(const Command& command) {
    const std::string page = page_of(command);
    std::string text = header(page) + name_section(page, command.summary);
    text += fmt::format("# SYNOPSIS\n\n*portdrought {}*{} \\[_OPTION_…\\]\n\n", command.name,
                        command.arguments.empty() ? "" : fmt::format(" {}", escaped(command.arguments)));
    text += fmt::format("# DESCRIPTION\n\n{}\n\n", escaped(command.details));
    text += "# OPTIONS\n\n";
    for (const Option& option : options_of(command)) text += option_entry(option);
    text += exit_status;
    text += fmt::format("# EXAMPLES\n\n```\n{}\n```\n\n", command.example);
    text += files;
    text += environment;
    return text + see_also(page);
}

}  // namespace

std::vector<std::string> manual_pages() {
    std::vector<std::string> pages{"portdrought"};
    for (const Command& command : all_commands()) pages.push_back(page_of(command));
    return pages;
}

std::string manual_page(std::string_view name) {
    if (name == "portdrought") return main_page();
    for (const Command& command : all_commands())
        if (page_of(command) == name) return command_page(command);
    return {};
}

}  // namespace portdrought::cli
