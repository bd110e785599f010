#include "cli/next_step.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/option_table.hpp"
#include "cli/output.hpp"
#include "core/printable.hpp"

namespace portdrought::cli {
namespace {

bool is_plain(char c) {
    constexpr std::string_view also = "_@%+=:,./-";
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), is_digit = c >= '0' && c <= '9';
    return is_letter || is_digit || also.find(c) != std::string_view::npos;
}

/// "--engine model" where the command takes that, else "--set lab.engine=model".
std::string setting_words(const Setting& setting, const Command* command) {
    const std::size_t blank = setting.option.find(' ');
    const std::string name = blank == std::string::npos ? "" : setting.option.substr(0, blank);
    if (command != nullptr && name.starts_with("--") && find_option(*command, name.substr(2)) != nullptr)
        return name + ' ' + shell_word(setting.option.substr(blank + 1));
    return "--set " + shell_word(setting.text);
}

}  // namespace

std::string shell_word(std::string_view word) {
    if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string{word};
    // A "!" would be looked up in the history of an interactive shell even inside double quotes.
    if (word.find('!') != std::string_view::npos) {
        std::string result = "'";
        for (const char c : word) c == '\'' ? result += "'\\''" : result += c;
        return result + '\'';
    }
    std::string result = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\' || c == '$' || c == '`') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string same_scenario(std::string_view command, const CommandLine& line, const std::vector<Setting>& settings) {
    std::string text = fmt::format("portdrought {}", command);
    if (!line.names.empty()) text += ' ' + shell_word(line.names.front());
    const Command* entry = find_command(command);
    if (line.variant && entry != nullptr && find_option(*entry, "variant") != nullptr)
        text += " --variant " + shell_word(*line.variant);
    for (const Setting& setting : settings) text += ' ' + setting_words(setting, entry);
    return text;
}

std::string same_scenario(std::string_view command, const CommandLine& line) {
    return same_scenario(command, line, line.settings);
}

void print_last_lines(const CommandLine& line, const std::optional<std::string>& record,
                      const std::optional<std::string>& next) {
    if (line.format != Format::text) return;
    std::string text;
    if (record) text += fmt::format("  record  {}\n", *record);
    if (next) text += fmt::format("  next    {}\n", *next);
    if (!text.empty()) fmt::print("\n{}", text::finish(core::printable(text), style_of(line)));
}

}  // namespace portdrought::cli
