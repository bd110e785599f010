#include "cli/completion_words.hpp"

#include "scenario/catalogue.hpp"
#include "scenario/keys/key_table.hpp"

namespace portdrought::cli {
namespace {

void add_word(std::string& list, std::string_view word) {
    if (!list.empty()) list += ' ';
    list += word;
}

}  // namespace

std::string scenario_names() {
    std::string names;
    for (const scenario::CatalogueEntry& entry : scenario::catalogue()) add_word(names, entry.name);
    return names;
}

std::string profile_names() {
    std::string names;
    for (const scenario::CatalogueEntry& entry : scenario::profiles()) add_word(names, entry.name);
    return names;
}

std::string scenario_keys() {
    std::string keys;
    for (const scenario::Key& key : scenario::key_table()) add_word(keys, key.name);
    return keys;
}

std::string command_names() {
    std::string names;
    for (const Command& command : all_commands()) add_word(names, command.name);
    return names;
}

std::string brief(std::string_view help) {
    const std::string_view part = help.substr(0, help.find_first_of(";("));
    return std::string{part.substr(0, part.find_last_not_of(" .") + 1)};
}

}  // namespace portdrought::cli
