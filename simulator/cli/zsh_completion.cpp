#include <fmt/format.h>

#include "cli/completion.hpp"
#include "cli/completion_words.hpp"
#include "cli/shell_word.hpp"

namespace portdrought::cli {
namespace {

constexpr std::string_view functions = R"(
_portdrought_scenarios() { compadd -a portdrought_scenarios; _files -g '*.toml(-.)'; }
_portdrought_scenarios_or_records() { compadd -a portdrought_scenarios; _files; }
_portdrought_scenarios_or_profiles() { compadd -a portdrought_profiles; _portdrought_scenarios; }
_portdrought_profiles() { compadd -a portdrought_profiles; }
_portdrought_keys() { compadd -S = -a portdrought_keys; }
_portdrought_variants() {
    local -a variants
    variants=("${(@f)$($words[1] completion variants -- ${(Q)words[2,-1]} 2>/dev/null)}")
    compadd -a variants
}
)";

/// What stands in brackets or between colons.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

std::string function(Completes completes) {
    switch (completes) {
        case Completes::file: return "_files";
        case Completes::folder: return "_files -/";
        case Completes::scenario: return "_portdrought_scenarios";
        case Completes::scenario_or_record: return "_portdrought_scenarios_or_records";
        case Completes::scenario_or_profile: return "_portdrought_scenarios_or_profiles";
        case Completes::profile: return "_portdrought_profiles";
        case Completes::variant: return "_portdrought_variants";
        case Completes::key: return "_portdrought_keys";
        case Completes::nothing: break;
    }
    return "";
}

/// Behind the second colon of a specification. Words beside files are one more tag.
std::string action(Completes completes, std::string_view words) {
    if (words.empty()) return function(completes);
    if (completes == Completes::nothing) return fmt::format("({})", words);
    return fmt::format("{{compadd {}; {}}}", words, function(completes));
}

/// One for each spelling, which exclude each other unless the option may be repeated.
std::string specification(const Option& option) {
    const std::string name = fmt::format("--{}", option.name);
    std::string rest = fmt::format("[{}]", escaped(brief(option.help)));
    if (option.kind != ValueKind::flag)
        rest += fmt::format(":{}:{}", escaped(option.argument), action(option.completes, option.words));
    const char* value = option.kind == ValueKind::flag ? "" : "=";
    if (option.kind == ValueKind::strings)
        return fmt::format("            {} \\\n", single_quoted("*" + name + value + rest));
    if (option.letter == '\0') return fmt::format("            {} \\\n", single_quoted(name + value + rest));
    const std::string both = fmt::format("(-{} {})", option.letter, name);
    return fmt::format("            {} \\\n            {} \\\n",
                       single_quoted(fmt::format("{}-{}{}{}", both, option.letter, *value == '=' ? "+" : "", rest)),
                       single_quoted(both + name + value + rest));
}

std::string command_case(const Command& command) {
    std::string text = fmt::format("        {})\n            _arguments -s -S \\\n", command.name);
    for (const Option& option : options_of(command)) text += specification(option);
    if (command.most_names > 0)
        text += fmt::format(
            "            {} \\\n",
            single_quoted(fmt::format("{}:{}:{}", command.most_names > 1 ? "*" : "1", escaped(command.arguments),
                                      action(command.completes, command.words))));
    return text + "            && return 0 ;;\n";
}

}  // namespace

std::string zsh_completion() {
    std::string text = "#compdef portdrought\n# zsh completion of portdrought, made by: portdrought completion zsh\n";
    text += functions;
    text += "\n_portdrought() {\n    local -a portdrought_scenarios portdrought_profiles portdrought_keys commands\n";
    text += fmt::format("    portdrought_scenarios=({})\n    portdrought_profiles=({})\n    portdrought_keys=({})\n",
                        scenario_names(), profile_names(), scenario_keys());
    text += "    commands=(\n";
    for (const Command& command : all_commands())
        text += fmt::format("        {}\n",
                            single_quoted(fmt::format("{}:{}", command.name, escaped(brief(command.summary)))));
    text += "    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n        return\n    fi\n";
    text +=
        "    local command=$words[2]\n    words=($words[1] $words[3,-1])\n    ((CURRENT--))\n    case $command in\n";
    for (const Command& command : all_commands()) text += command_case(command);
    return text +
           "    esac\n    return 1\n}\n\nif [[ $funcstack[1] == _portdrought ]]; then\n    _portdrought \"$@\"\nelse\n"
           "    compdef _portdrought portdrought\nfi\n";
}

}  // namespace portdrought::cli
