// The scenarios and host profiles that are part of the program (scenarios/*.toml, put into it by the build), and the
// way from what a user typed to a scenario's text. Reads files; knows nothing of TOML.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portdrought::scenario {

struct CatalogueEntry {
    std::string_view name;  // the file's stem, "port-cliff"
    std::string_view file;  // for complaints, "basics/port-cliff.toml"
    std::string_view text;
    /// Its folder, "basics".
    std::string_view topic() const { return file.substr(0, file.find('/')); }
};

/// In the order of scenarios/CMakeLists.txt.
std::span<const CatalogueEntry> catalogue();
std::span<const CatalogueEntry> profiles();

/// By name, or by topic and name: "port-cliff", "basics/port-cliff".
const CatalogueEntry* find_scenario(std::string_view name);
/// Names of all scenarios of a topic, in the catalogue's order; empty for an unknown one.
std::vector<std::string> names_of_topic(std::string_view topic);
const CatalogueEntry* find_profile(std::string_view name);

struct Source {
    std::string file, text;
};

/// Either the source, or a sentence saying why there is none.
struct Lookup {
    std::optional<Source> source;
    std::string problem;
};

/// A name of the catalogue, or a path: one that contains '/' or ends in ".toml".
Lookup look_up(std::string_view name_or_path);

}  // namespace portdrought::scenario
