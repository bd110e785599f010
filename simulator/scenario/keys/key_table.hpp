// The one table of scenario keys. Reading, `show`, --set, variants, records and the check of docs/scenario-format.md
// all go through it, so a key exists everywhere or nowhere. Single values only: what several keys must agree on is in
// rules.hpp. The table never changes; it may be read from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// How a value is typed in TOML. Values with a unit are text, so that the unit is always written.
enum class Form : std::uint8_t { text, whole, number, boolean, list, whole_or_text };

/// What is wrong with a value and what would be right, to follow the value itself: "is not a rate; write …".
using Fault = std::string;

struct Key {
    std::string name;     // "load.rate"
    std::string meaning;  // one line
    std::string accepts;  // one line
    Form form;
    /// Sets the value from its text (TOML without quotes); on a fault the scenario is left as it was.
    std::function<std::optional<Fault>(Scenario&, std::string_view)> read;
    std::function<std::string(const Scenario&)> print;
    /// The fault of a value that could be read and yet makes no sense.
    std::function<std::optional<Fault>(const Scenario&)> out_of_range;
};

/// Top-level keys first, then load, host, server, lab.
const std::vector<Key>& key_table();

/// Null when there is no such key.
const Key* find_key(std::string_view name);

/// "load", "host", "server", "lab".
const std::vector<std::string>& sections();

}  // namespace portdrought::scenario
