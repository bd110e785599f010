#include "scenario/flat.hpp"

#include <algorithm>

#include "scenario/keys/key_table.hpp"

namespace portdrought::scenario {

Pairs flatten(const Scenario& scenario) {
    Pairs pairs;
    for (const Key& key : key_table()) pairs.emplace_back(key.name, key.print(scenario));
    pairs.emplace_back("variant", scenario.variant);
    return pairs;
}

Unflattened unflatten(const Pairs& pairs) {
    Unflattened result;
    for (const auto& [key, text] : pairs) {
        if (auto problem = set(result.scenario, key, text)) result.problems.push_back(key + ": " + *problem);
    }
    return result;
}

std::string text_in(const Pairs& pairs, std::string_view key) {
    const auto found = std::ranges::find(pairs, key, &Pairs::value_type::first);
    return found == pairs.end() ? "" : found->second;
}

std::optional<std::string> set(Scenario& scenario, std::string_view name, std::string_view text) {
    if (name == "variant") {
        scenario.variant = text;
        return std::nullopt;
    }
    const Key* key = find_key(name);
    if (key == nullptr) return "unknown key";
    const auto fault = key->read(scenario, text);
    if (!fault) return std::nullopt;
    return '"' + std::string{text} + "\" " + *fault;
}

}  // namespace portdrought::scenario
