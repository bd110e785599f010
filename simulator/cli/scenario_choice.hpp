// From what the user typed to the scenarios to run: catalogue or file, settings, variants, rules.
#pragma once

#include <stdexcept>
#include <vector>

#include "cli/command_line.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::cli {

/// The scenario has mistakes; what() lists all of them, a line each, and how many. Exit code 2.
class ScenarioMistakes : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// All variants, or the one of --variant, judged by what this machine allows or by `limits`. Throws UsageError (no such
/// scenario or variant) or ScenarioMistakes.
std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line);
std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line, const scenario::Limits& limits);

}  // namespace portdrought::cli
