// The settings of the command line for the scenarios' reader, which knows them by number alone, and its complaints
// about them in the words of who typed them.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "scenario/complaint.hpp"

namespace portdrought::cli {

/// "key=value" of each, in the same order.
std::vector<std::string> texts_of(const std::vector<Setting>& settings);

/// Complaints about a setting that an option stands for name that option ("--hosts 0"), the others their place among
/// the --set that were typed. `settings` are those that the reader was given; what lies behind them stays as it is.
void name_options(std::vector<scenario::Complaint>& complaints, const std::vector<Setting>& settings);

}  // namespace portdrought::cli
