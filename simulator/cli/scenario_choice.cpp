#include "cli/scenario_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "os/process/limits.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::cli {
namespace {

std::string text_of(const std::vector<scenario::Complaint>& complaints) {
    std::string text;
    for (const scenario::Complaint& complaint : complaints) text += to_string(complaint) + '\n';
    return text + fmt::format("{} problem{}, nothing was run", complaints.size(), complaints.size() == 1 ? "" : "s");
}

void keep_variant(std::vector<scenario::Scenario>& variants, const std::string& wanted) {
    std::string names;
    for (const scenario::Scenario& variant : variants)
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", variant.variant);
    std::erase_if(variants, [&](const scenario::Scenario& variant) { return variant.variant != wanted; });
    if (variants.empty())
        throw UsageError(fmt::format("--variant: there is no \"{}\"; {}", wanted,
                                     names == "\"\"" ? "the scenario has no variants" : "write one of " + names));
}

}  // namespace

std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line) {
    return choose_scenarios(line, scenario::Limits{os::descriptor_limit().hard});
}

std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line, const scenario::Limits& limits) {
    const scenario::Lookup found = scenario::look_up(line.names.front());
    if (!found.source) throw UsageError(found.problem);
    scenario::Reading reading = scenario::read(found.source->text, found.source->file, line.settings, limits);
    if (!reading.complaints.empty()) throw ScenarioMistakes(text_of(reading.complaints));
    if (line.variant) keep_variant(reading.variants, *line.variant);
    return std::move(reading.variants);
}

}  // namespace portdrought::cli
