#include <fmt/format.h>

#include "cli/completion.hpp"
#include "cli/completion_words.hpp"

namespace portdrought::cli {
namespace {

// Words that come from the program are added with what bash needs to read them as one.
constexpr std::string_view functions = R"(
_portdrought_words() { COMPREPLY+=($(compgen -W "$1" -- "$cur")); }

_portdrought_files() {
    local file
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen "$@" -- "$cur")
}

_portdrought_toml() {
    _portdrought_files -f -X '!*.toml'
    _portdrought_files -d
}

_portdrought_keys() {
    compopt -o nospace 2>/dev/null
    COMPREPLY+=($(compgen -S = -W "$_portdrought_key_names" -- "$cur"))
}

_portdrought_variants() {
    local variant typed=${cur//\\/}
    typed=${typed#[\"\']}
    while IFS= read -r variant; do
        [[ $variant == "$typed"* ]] || continue
        [[ $cur == [\"\']* ]] || printf -v variant %q "$variant"
        COMPREPLY+=("$variant")
    done < <("${COMP_WORDS[0]}" completion variants -- "${COMP_WORDS[@]:2}" 2>/dev/null)
}

_portdrought() {
    local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} options=
    COMPREPLY=()
    if [[ $cur == = ]]; then
        cur=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
        [[ $previous == -* ]] || return
    fi
    if ((COMP_CWORD == 1)); then
        _portdrought_words "$_portdrought_commands --help --version"
        return
    fi
)";

std::string action(Completes completes, std::string_view words) {
    std::string text;
    if (!words.empty()) text += fmt::format("_portdrought_words '{}'; ", words);
    switch (completes) {
        case Completes::nothing: break;
        case Completes::file: text += "_portdrought_files -f; "; break;
        case Completes::folder: text += "_portdrought_files -d; "; break;
        case Completes::scenario: text += "_portdrought_words \"$_portdrought_scenarios\"; _portdrought_toml; "; break;
        case Completes::scenario_or_record:
            text += "_portdrought_words \"$_portdrought_scenarios\"; _portdrought_files -f; ";
            break;
        case Completes::scenario_or_profile:
            text += "_portdrought_words \"$_portdrought_scenarios $_portdrought_profiles\"; _portdrought_toml; ";
            break;
        case Completes::profile: text += "_portdrought_words \"$_portdrought_profiles\"; "; break;
        case Completes::variant: text += "_portdrought_variants; "; break;
        case Completes::key: text += "_portdrought_keys; "; break;
    }
    return text;
}

std::string spellings(const Option& option, std::string_view between) {
    std::string text;
    if (option.letter != '\0') text += fmt::format("-{}{}", option.letter, between);
    return text + fmt::format("--{}", option.name);
}

std::string command_case(const Command& command) {
    std::string options, values;
    for (const Option& option : options_of(command)) {
        options += (options.empty() ? "" : " ") + spellings(option, " ");
        if (option.kind != ValueKind::flag)
            values += fmt::format("                {}) {}return ;;\n", spellings(option, " | "),
                                  action(option.completes, option.words));
    }
    return fmt::format(
        "        {})\n            options='{}'\n            case $previous in\n{}            esac\n"
        "            [[ $cur == -* ]] || {{ {}:; }}\n            ;;\n",
        command.name, options, values, action(command.completes, command.words));
}

}  // namespace

std::string bash_completion() {
    std::string text = "# bash completion of portdrought, made by: portdrought completion bash\n";
    text += fmt::format("_portdrought_commands='{}'\n", command_names());
    text += fmt::format("_portdrought_scenarios='{}'\n", scenario_names());
    text += fmt::format("_portdrought_profiles='{}'\n", profile_names());
    text += fmt::format("_portdrought_key_names='{}'\n", scenario_keys());
    text += functions;
    text += "    case $command in\n";
    for (const Command& command : all_commands()) text += command_case(command);
    return text +
           "    esac\n    if [[ $cur == -* ]]; then _portdrought_words \"$options\"; fi\n}\n\n"
           "complete -F _portdrought portdrought\n";
}

}  // namespace portdrought::cli
