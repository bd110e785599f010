#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::cli {

namespace {

std::size_t widest_name() {
    std::size_t width = 0;
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) width = std::max(width, entry.name.size());
    return width;
}

std::string title_of(const scenario::CatalogueEntry& entry) {
    return scenario::read(entry.text, entry.file, {}, scenario::Limits{}).variants.front().title;
}

}  // namespace

int list(const CommandLine&) {
    const std::size_t width = widest_name();
    std::string_view topic;
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) {
        if (entry.topic() != topic) fmt::print("{}{}/\n", topic.empty() ? "" : "\n", entry.topic());
        topic = entry.topic();
        fmt::print("  {:<{}}  {}\n", entry.name, width, title_of(entry));
    }
    fmt::print("\nportdrought show NAME prints one in full; portdrought run NAME runs it.\n");
    return exit_fine;
}

}  // namespace portdrought::cli
