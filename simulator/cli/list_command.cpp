#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/profile.hpp"
#include "scenario/reader.hpp"

namespace portdrought::cli {

namespace {

std::size_t widest_name() {
    std::size_t width = 0;
    for (const auto entries : {scenario::catalogue(), scenario::profiles()})
        for (const scenario::CatalogueEntry& entry : entries) width = std::max(width, entry.name.size());
    return width;
}

std::string title_of(const scenario::CatalogueEntry& entry) {
    return scenario::read(entry.text, entry.file, {}, scenario::Limits{}).variants.front().title;
}

void list_scenarios(std::size_t width) {
    std::string_view topic;
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) {
        if (entry.topic() != topic) fmt::print("{}{}/\n", topic.empty() ? "" : "\n", entry.topic());
        topic = entry.topic();
        fmt::print("  {:<{}}  {}\n", entry.name, width, title_of(entry));
    }
}

void list_profiles(scenario::ProfileKind kind, std::string_view heading, std::size_t width) {
    fmt::print("\n{}\n", heading);
    for (const scenario::CatalogueEntry& entry : scenario::profiles()) {
        const scenario::Profile profile = scenario::profile_of(entry);
        if (profile.kind != kind) continue;
        const std::size_t doubtful = scenario::unverified(profile).size();
        fmt::print("  {:<{}}  {}{}\n", profile.name, width, profile.title,
                   doubtful == 0 ? "" : fmt::format("; {} of {} values unverified", doubtful, profile.values.size()));
    }
}

}  // namespace

int list(const CommandLine&) {
    const std::size_t width = widest_name();
    list_scenarios(width);
    list_profiles(scenario::ProfileKind::host, "profiles of hosts (host.profile)", width);
    list_profiles(scenario::ProfileKind::nat, "profiles of NATs (nat.profile; model engine only)", width);
    fmt::print(
        "\nportdrought show NAME prints one in full, a profile with its sources; portdrought run NAME runs a "
        "scenario.\n");
    return exit_fine;
}

}  // namespace portdrought::cli
