// The options of `plan` as settings of a scenario, so that every rule and every message of scenarios applies to them,
// and the scenario they are laid over where none is named.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "scenario/catalogue.hpp"

namespace portdrought::cli {

/// The settings that --profile, --hosts, --rate, --hold, --destinations, --closer stand for, behind those of --set.
/// Where they are about several hosts or a NAT, lab.engine=model comes before all, because no lab has them.
std::vector<Setting> settings_of_plan(const CommandLine& line);

/// A host on its own with the defaults of the format, for long enough that its run ends nothing early. Its name is what
/// the options are about.
scenario::Source built_in_plan(const CommandLine& line);

/// Whether the options say anything that a plan could be made of.
bool says_something(const CommandLine& line);

}  // namespace portdrought::cli
