#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/manual.hpp"
#include "cli/scenario_choice.hpp"
#include "scenario/catalogue.hpp"

namespace portdrought::cli {
namespace {

/// For the completion scripts: the variants of the first of `words` that is a scenario, one a line. A scenario that
/// cannot be read has none: nobody wants errors while typing.
void print_variants(const CommandLine& line, std::span<const std::string> words) {
    for (const std::string& word : words) {
        std::error_code ignored;
        const bool is_file = word.ends_with(".toml") && std::filesystem::is_regular_file(word, ignored);
        if (!is_file && scenario::find_scenario(word) == nullptr) continue;
        CommandLine one = line;
        one.names = {word};
        try {
            for (const scenario::Scenario& variant : choose_scenarios(one, scenario::Limits{}))
                if (!variant.variant.empty()) fmt::print("{}\n", variant.variant);
        } catch (const std::exception&) {
            return;
        }
        return;
    }
}

}  // namespace

int completion(const CommandLine& line) {
    const std::string& what = line.names.front();
    if (what == "variants") {
        print_variants(line, std::span{line.names}.subspan(1));
        return exit_fine;
    }
    const std::string script = what == "bash"   ? bash_completion()
                               : what == "zsh"  ? zsh_completion()
                               : what == "fish" ? fish_completion()
                                                : "";
    if (script.empty() || line.names.size() > 1)
        throw UsageError(
            fmt::format("completion: there is none for \"{}\"; write bash, zsh or fish", fmt::join(line.names, " ")));
    fmt::print("{}", script);
    return exit_fine;
}

int manual(const CommandLine& line) {
    if (line.names.empty()) {
        for (const std::string& page : manual_pages()) fmt::print("{}\n", page);
        return exit_fine;
    }
    const std::string page = manual_page(line.names.front());
    if (page.empty())
        throw UsageError(
            fmt::format("manual: there is no page \"{}\"; portdrought manual lists them all", line.names.front()));
    fmt::print("{}", page);
    return exit_fine;
}

}  // namespace portdrought::cli
