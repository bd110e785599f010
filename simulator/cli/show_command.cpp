#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/next_step.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/terminal.hpp"
#include "core/printable.hpp"
#include "scenario/printer.hpp"
#include "scenario/profile.hpp"

namespace portdrought::cli {
namespace {

void show_profile(const scenario::CatalogueEntry& entry) {
    const scenario::Profile profile = scenario::profile_of(entry);
    fmt::print("# profile of a {}: {} of {} values unverified\n{}", scenario::name(profile.kind),
               scenario::unverified(profile).size(), profile.values.size(), entry.text);
}

/// As comments, so that what is shown remains a scenario.
void show_unverified(const std::vector<scenario::Scenario>& variants) {
    std::vector<std::string> all;
    for (const scenario::Scenario& variant : variants)
        for (std::string& sentence : scenario::unverified(variant))
            if (std::ranges::find(all, sentence) == all.end()) all.push_back(std::move(sentence));
    if (!all.empty()) fmt::print("\n# Unverified values of its profiles:\n");
    for (const std::string& sentence : all) fmt::print("# {}\n", sentence);
}

}  // namespace

int show(const CommandLine& line) {
    const scenario::CatalogueEntry* profile = scenario::find_profile(line.names.front());
    if (profile != nullptr && scenario::find_scenario(line.names.front()) == nullptr) {
        show_profile(*profile);
        return exit_fine;
    }
    const Choice choice = choose(line, scenario::Limits{});
    fmt::print("{}", scenario::to_toml(choice.variants, choice.written));
    show_unverified(choice.variants);
    // In a file it would be in the way: what is shown is the scenario.
    if (stdout_is_terminal()) fmt::print("\n# next    {}\n", core::printable(same_scenario("run", line)));
    return exit_fine;
}

}  // namespace portdrought::cli
