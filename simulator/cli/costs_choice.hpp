// Which costs the model charges: those of --costs, else those that calibrate has stored for this user, else the
// built-in ones.
#pragma once

#include <optional>
#include <string>

#include "core/costs.hpp"

namespace portdrought::cli {

inline constexpr const char* built_in_costs = "built in";

struct ChosenCosts {
    core::Costs costs;
    std::string source = built_in_costs;  // for records; no more of a path than the file's name
};

/// For --costs where no model runs.
inline constexpr const char* idle_costs =
    "--costs: only the model engine uses costs; add --engine model, or leave --costs out";

/// $XDG_CONFIG_HOME/portdrought/costs.json, or the same below ~/.config; absent where neither variable is set.
std::optional<std::string> stored_costs_path();

/// `option`: a file, or "builtin". Throws UsageError for a file that cannot be read or holds something else.
ChosenCosts choose_costs(const std::optional<std::string>& option);

}  // namespace portdrought::cli
