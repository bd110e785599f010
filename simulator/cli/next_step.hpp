// The last lines of a command: where what it made is, and a command worth running now, which works as it is printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/shell_word.hpp"

namespace portdrought::cli {

/// "portdrought run my.toml --variant "60 s" --set load.rate=500/s": `command` of the first scenario of `line` under
/// its settings, and the variant if `command` takes one. `command` takes --set.
std::string same_scenario(std::string_view command, const CommandLine& line);
/// The same of other settings.
std::string same_scenario(std::string_view command, const CommandLine& line, const std::vector<Setting>& settings);

/// "\n  record  runs/\n  next    portdrought …\n" on stdout; nothing unless the output is text.
void print_last_lines(const CommandLine& line, const std::optional<std::string>& record,
                      const std::optional<std::string>& next);

}  // namespace portdrought::cli
