// What the program takes: its commands and their options, as values. Parsing, --help, completion and the manual are all
// made from this table, so that none can know an option that another does not. To add an option: a row in
// option_table.cpp, a field in CommandLine, a line in command_line.cpp's read().
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace portdrought::cli {

/// What follows an option.
enum class ValueKind : std::uint8_t {
    flag,     // nothing: it is on or off
    string,   // one value
    strings,  // one value, and the option may be given several times
    number,   // a whole number, 0 or more
};

/// What a shell offers for a value, or for an argument, beside the words of its row.
enum class Completes : std::uint8_t {
    nothing,
    file,
    folder,
    scenario,             // a name of the catalogue or a TOML file
    scenario_or_record,   // the same, or a record
    scenario_or_profile,  // the same, or a profile of hosts or NATs
    profile,              // of hosts or NATs
    variant,              // of the scenario that the line names
    key,                  // of a scenario, followed by "="
};

struct Option {
    std::string_view name;  // "output"; no command takes two of one name
    char letter;            // 'o' for -o, '\0' for none
    ValueKind kind;
    std::string_view argument;  // "DIR"; empty for a flag
    std::string_view help;
    Completes completes;
    std::string_view words;     // the values, or some of them, separated by blanks
    std::string_view initial;   // the value where it is not given, if that is a plain value
    std::string_view commands;  // that take it, separated by blanks; "*" is all of them
};

struct Command {
    std::string_view name;
    std::string_view arguments;  // as in a usage line: "SCENARIO…"; empty for none
    std::string_view summary;    // one sentence
    std::size_t least_names, most_names;
    Completes completes;     // its arguments
    std::string_view words;  // the same: values separated by blanks
    std::string_view example;
    std::string_view details;  // for the manual
};

/// In the order of the overview.
std::span<const Command> all_commands();
/// nullptr where there is none of that name.
const Command* find_command(std::string_view name);

/// Every row; a name has several where its meaning depends on the command.
std::span<const Option> all_options();
/// What `command` takes, in the order of its --help.
std::vector<Option> options_of(const Command& command);
/// nullptr where `command` takes none of that name.
const Option* find_option(const Command& command, std::string_view name);

/// The words of a list such as Option::words.
std::vector<std::string_view> words_of(std::string_view list);

}  // namespace portdrought::cli
