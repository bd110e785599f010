#include <fmt/format.h>

#include "cli/completion.hpp"
#include "cli/completion_words.hpp"

namespace portdrought::cli {
namespace {

constexpr std::string_view functions = R"(
function __portdrought_command
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end

function __portdrought_no_command
    test (count (commandline -opc)) -eq 1
end

function __portdrought_variants
    set -l words (commandline -opc)
    $words[1] completion variants -- $words[3..-1] 2>/dev/null
end

function __portdrought_toml
    __fish_complete_suffix .toml
end
)";

std::string in_quotes(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') result += '\\';
        result += c;
    }
    return result + '\'';
}

std::string candidates(Completes completes, std::string_view words) {
    std::string text{words};
    const auto add = [&text](std::string_view more) { text += (text.empty() ? "" : " ") + std::string{more}; };
    switch (completes) {
        case Completes::nothing: break;
        case Completes::file: add("(__fish_complete_path (commandline -ct))"); break;
        case Completes::folder: add("(__fish_complete_directories (commandline -ct))"); break;
        case Completes::scenario: add("$__portdrought_scenarios (__portdrought_toml)"); break;
        case Completes::scenario_or_record:
            add("$__portdrought_scenarios (__fish_complete_path (commandline -ct))");
            break;
        case Completes::scenario_or_profile:
            add("$__portdrought_scenarios $__portdrought_profiles (__portdrought_toml)");
            break;
        case Completes::profile: add("$__portdrought_profiles"); break;
        case Completes::variant: add("(__portdrought_variants)"); break;
        case Completes::key: add("$__portdrought_keys="); break;
    }
    return text;
}

std::string option_line(const Command& command, const Option& option) {
    std::string text = fmt::format("complete -c portdrought -n '__portdrought_command {}'", command.name);
    if (option.letter != '\0') text += fmt::format(" -s {}", option.letter);
    text += fmt::format(" -l {}", option.name);
    if (option.kind != ValueKind::flag) {
        text += " -x";
        if (const std::string all = candidates(option.completes, option.words); !all.empty())
            text += " -a " + in_quotes(all);
    }
    return text + " -d " + in_quotes(brief(option.help)) + '\n';
}

}  // namespace

std::string fish_completion() {
    std::string text = "# fish completion of portdrought, made by: portdrought completion fish\n";
    text += fmt::format(
        "set -g __portdrought_scenarios {}\nset -g __portdrought_profiles {}\nset -g __portdrought_keys {}\n",
        scenario_names(), profile_names(), scenario_keys());
    text += functions;
    text += "\ncomplete -c portdrought -f\n";
    for (const Command& command : all_commands())
        text += fmt::format("complete -c portdrought -n __portdrought_no_command -a {} -d {}\n", command.name,
                            in_quotes(brief(command.summary)));
    for (const Command& command : all_commands()) {
        if (const std::string all = candidates(command.completes, command.words); !all.empty())
            text += fmt::format("complete -c portdrought -n '__portdrought_command {}' -a {}\n", command.name,
                                in_quotes(all));
        for (const Option& option : options_of(command)) text += option_line(command, option);
    }
    return text;
}

}  // namespace portdrought::cli
