// A scenario as key and text pairs, one per key of the key table, for whoever stores or compares scenarios without
// knowing their structure. Text is what a TOML scalar holds without quotes ("30/s", "true", "256"); the entries of
// `source` are joined by a newline; the variant's name has the key "variant".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/scenario.hpp"

namespace portdrought::scenario {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Every key, in the table's order. unflatten(flatten(x)).scenario == x.
Pairs flatten(const Scenario& scenario);

/// The text of `key`; empty where `pairs` do not have it.
std::string text_in(const Pairs& pairs, std::string_view key);

struct Unflattened {
    Scenario scenario;
    std::vector<std::string> problems;  // a sentence per key that is unknown or per text that cannot be read
};
/// Keys that are missing keep their defaults. Ranges and rules are not checked: what was run is not judged again.
Unflattened unflatten(const Pairs& pairs);

/// Sets one key, "variant" included; absent on success, else what is wrong ("\"x\" is not a rate; write …").
std::optional<std::string> set(Scenario& scenario, std::string_view key, std::string_view text);

}  // namespace portdrought::scenario
