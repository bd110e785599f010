#include "cli/next_step.hpp"

#include <fmt/format.h>

#include "cli/option_table.hpp"
#include "cli/output.hpp"
#include "core/printable.hpp"

namespace portdrought::cli {
namespace {

/// "--engine model" where the command takes that, else "--set lab.engine=model".
std::string setting_words(const Setting& setting, const Command* command) {
    const std::size_t blank = setting.option.find(' ');
    const std::string name = blank == std::string::npos ? "" : setting.option.substr(0, blank);
    if (command != nullptr && name.starts_with("--") && find_option(*command, name.substr(2)) != nullptr)
        return name + ' ' + shell_word(setting.option.substr(blank + 1));
    return "--set " + shell_word(setting.text);
}

}  // namespace

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
