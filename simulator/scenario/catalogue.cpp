#include "scenario/catalogue.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "scenario/keys/nearest.hpp"

namespace portdrought::scenario {
namespace {

const CatalogueEntry* find(std::span<const CatalogueEntry> entries, std::string_view name) {
    const auto found = std::ranges::find(entries, name, &CatalogueEntry::name);
    return found == entries.end() ? nullptr : &*found;
}

Lookup read_file(const std::string& path) {
    constexpr std::uintmax_t most_bytes = 1'000'000;
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return {std::nullopt, path + ": is a directory; name a scenario file in it"};
    if (!error && std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error))
        return {std::nullopt, path + ": is no ordinary file; name a scenario file"};
    if (const auto bytes = std::filesystem::file_size(path, error); !error && bytes > most_bytes)
        return {std::nullopt, path + ": has " + std::to_string(bytes) + " bytes, more than any scenario; name another"};
    if (error)
        return {std::nullopt, path + ": cannot be read: " + error.message() +
                                  "; name a TOML file, or a scenario of portdrought list"};
    std::ifstream file{path, std::ios::binary};
    if (!file)
        return {std::nullopt,
                path + ": cannot be read: " + std::generic_category().message(errno) + "; check its permissions"};
    return {Source{path, {std::istreambuf_iterator<char>{file}, {}}}, ""};
}

}  // namespace

const CatalogueEntry* find_scenario(std::string_view name) {
    const std::size_t slash = name.find('/');
    if (slash == name.npos) return find(catalogue(), name);
    const CatalogueEntry* entry = find(catalogue(), name.substr(slash + 1));
    return entry != nullptr && entry->topic() == name.substr(0, slash) ? entry : nullptr;
}

const CatalogueEntry* find_profile(std::string_view name) { return find(profiles(), name); }

std::vector<std::string> names_of_topic(std::string_view topic) {
    std::vector<std::string> names;
    for (const CatalogueEntry& entry : catalogue())
        if (entry.topic() == topic) names.emplace_back(entry.name);
    return names;
}

Lookup look_up(std::string_view name_or_path) {
    const std::string name{name_or_path};
    if (const CatalogueEntry* entry = find_scenario(name))
        return {Source{std::string{entry->file}, std::string{entry->text}}, ""};
    if (name.find('/') != std::string::npos || name.ends_with(".toml")) return read_file(name);
    std::vector<std::string> known;
    for (const CatalogueEntry& entry : catalogue()) known.emplace_back(entry.name);
    const std::string near = did_you_mean(name, known, 3);
    return {std::nullopt,
            name + ": not in the catalogue" +
                (near.empty() ? "; `portdrought list` names what is, a path contains '/' or ends in .toml" : near)};
}

}  // namespace portdrought::scenario
