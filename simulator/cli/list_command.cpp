#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::cli {

int list(const CommandLine&) {
    std::size_t width = 0;
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) width = std::max(width, entry.name.size());
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) {
        const scenario::Reading reading = scenario::read(entry.text, entry.file, {}, scenario::Limits{});
        fmt::print("{:<{}}  {}\n", entry.name, width, reading.variants.front().title);
    }
    fmt::print("\nportdrought show NAME prints one in full; portdrought run NAME runs it.\n");
    return exit_fine;
}

}  // namespace portdrought::cli
