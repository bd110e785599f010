// What the completion scripts of all shells offer besides options. Pure.
#pragma once

#include <string>
#include <string_view>

#include "cli/option_table.hpp"

namespace portdrought::cli {

/// Separated by blanks; none of them has one.
std::string scenario_names();
std::string profile_names();
std::string scenario_keys();
std::string command_names();

/// The first sentence or clause, for a list of options.
std::string brief(std::string_view help);

}  // namespace portdrought::cli
