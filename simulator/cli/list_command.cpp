#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/layout.hpp"
#include "cli/commands.hpp"
#include "cli/next_step.hpp"
#include "cli/terminal.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/profile.hpp"
#include "scenario/reader.hpp"

namespace portdrought::cli {

namespace {

constexpr std::size_t no_limit = 100'000;

/// How the rows are set: where the second column begins, and how wide all is.
struct Columns {
    std::size_t second, total;
};

void print(std::string_view name, std::string_view words, const Columns& columns) {
    fmt::print("{}", text::entry(fmt::format("  {}", name), columns.second, words, columns.total));
}

std::size_t widest_name() {
    std::size_t width = 0;
    for (const auto entries : {scenario::catalogue(), scenario::profiles()})
        for (const scenario::CatalogueEntry& entry : entries) width = std::max(width, entry.name.size());
    return width;
}

std::string title_of(const scenario::CatalogueEntry& entry) {
    return scenario::read(entry.text, entry.file, {}, scenario::Limits{}).variants.front().title;
}

void list_scenarios(const Columns& columns) {
    std::string_view topic;
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) {
        if (entry.topic() != topic) fmt::print("{}{}/\n", topic.empty() ? "" : "\n", entry.topic());
        topic = entry.topic();
        print(entry.name, title_of(entry), columns);
    }
}

void list_profiles(scenario::ProfileKind kind, std::string_view heading, const Columns& columns) {
    fmt::print("\n{}\n", heading);
    for (const scenario::CatalogueEntry& entry : scenario::profiles()) {
        const scenario::Profile profile = scenario::profile_of(entry);
        if (profile.kind != kind) continue;
        const std::size_t doubtful = scenario::unverified(profile).size();
        print(profile.name,
              profile.title +
                  (doubtful == 0 ? "" : fmt::format("; {} of {} values unverified", doubtful, profile.values.size())),
              columns);
    }
}

}  // namespace

int list(const CommandLine&) {
    const Columns columns{widest_name() + 4, reading_width().value_or(no_limit)};
    list_scenarios(columns);
    list_profiles(scenario::ProfileKind::host, "profiles of hosts (host.profile)", columns);
    list_profiles(scenario::ProfileKind::nat, "profiles of NATs (nat.profile; model engine only)", columns);
    fmt::print("\n{}", text::paragraph("portdrought show NAME prints one in full, a profile with its sources; "
                                       "portdrought run NAME runs a scenario.",
                                       0, columns.total));
    print_last_lines({}, std::nullopt, "portdrought plan article");
    return exit_fine;
}

}  // namespace portdrought::cli
