#include "cli/scenario_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analysis/expect/parser.hpp"
#include "cli/costs_choice.hpp"
#include "cli/settings.hpp"
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

std::vector<std::string> names_of(const std::vector<scenario::Scenario>& variants) {
    std::vector<std::string> names;
    for (const scenario::Scenario& variant : variants) names.push_back(variant.variant);
    return names;
}

using Complaints = std::vector<scenario::Complaint>;

/// Those of --set are the same for every scenario, and reported once.
void append(Complaints& all, const Complaints& more) {
    for (const scenario::Complaint& complaint : more)
        if (std::ranges::find(all, complaint) == all.end()) all.push_back(complaint);
}

/// "myths" stands for every scenario of that topic.
std::vector<std::string> with_topics_spelt_out(const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const std::string& name : names) {
        const std::vector<std::string> topic = scenario::names_of_topic(name);
        if (topic.empty()) all.push_back(name);
        std::ranges::copy(topic, std::back_inserter(all));
    }
    return all;
}

/// What could be made out of it; its mistakes go to `complaints`, in the order of its file.
Choice examine(const scenario::Source& source, const CommandLine& line, const scenario::Limits& limits,
               bool must_expect, Complaints& complaints) {
    scenario::Reading reading =
        scenario::read(source.text, source.file, texts_of(line.settings), limits, line.variant.value_or(""));
    const bool is_toml = !reading.variants.empty();
    Choice choice;
    expect::Understood understood = expect::understand(reading.expectations, names_of(reading.variants));
    append(reading.complaints, understood.complaints);
    if (must_expect && is_toml && reading.expectations.empty() && reading.complaints.empty())
        reading.complaints.push_back(scenario::complain({source.file}, "expect",
                                                        "is missing, so there is nothing to check; write [[expect]] "
                                                        "and below it that = \"outcomes.no_port_connect == 0\""));
    scenario::sort(reading.complaints);
    name_options(reading.complaints, line.settings);
    append(complaints, reading.complaints);
    choice.variants = std::move(reading.variants);
    choice.written = std::move(reading.expectations);
    choice.expectations = std::move(understood.expectations);
    return choice;
}

Choice examine(const std::string& name, const CommandLine& line, const scenario::Limits& limits, bool must_expect,
               Complaints& complaints) {
    const scenario::Lookup found = scenario::look_up(name);
    if (!found.source) throw UsageError(found.problem);
    Choice choice = examine(*found.source, line, limits, must_expect, complaints);
    if (scenario::find_scenario(name) == nullptr) choice.file = found.source->file;
    return choice;
}

/// --costs needs somebody to use them, and must be readable before anything is measured.
void check_costs(const CommandLine& line, const std::vector<Choice>& choices) {
    if (!line.costs) return;
    const auto is_model = [](const scenario::Scenario& s) { return s.lab.engine == scenario::Engine::model; };
    const bool always_models = line.command == "validate" || line.command == "plan";
    if (!always_models &&
        std::ranges::none_of(choices, [&](const Choice& c) { return std::ranges::any_of(c.variants, is_model); }))
        throw UsageError(idle_costs);
    choose_costs(line.costs);
}

}  // namespace

std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line) {
    return choose_scenarios(line, scenario::Limits{os::descriptor_limit().hard});
}

std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line, const scenario::Limits& limits) {
    return choose(line, limits).variants;
}

std::vector<scenario::Scenario> scenarios_of(const scenario::Source& source, const CommandLine& line,
                                             const scenario::Limits& limits) {
    Complaints complaints;
    Choice choice = examine(source, line, limits, false, complaints);
    if (!complaints.empty()) throw ScenarioMistakes(text_of(complaints));
    return choice.variants;
}

Choice choose(const CommandLine& line, const scenario::Limits& limits) {
    Complaints complaints;
    Choice choice = examine(line.names.front(), line, limits, false, complaints);
    if (!complaints.empty()) throw ScenarioMistakes(text_of(complaints));
    if (line.variant) keep_variant(choice.variants, *line.variant);
    check_costs(line, {choice});
    return choice;
}

std::vector<Choice> choose_all(const CommandLine& line, bool must_expect) {
    const scenario::Limits limits{os::descriptor_limit().hard};
    std::vector<Choice> choices;
    Complaints complaints;
    for (const std::string& name : with_topics_spelt_out(line.names))
        choices.push_back(examine(name, line, limits, must_expect, complaints));
    if (!complaints.empty()) throw ScenarioMistakes(text_of(complaints));
    if (line.variant)
        for (Choice& choice : choices) keep_variant(choice.variants, *line.variant);
    check_costs(line, choices);
    return choices;
}

}  // namespace portdrought::cli
