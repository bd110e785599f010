// From what the user typed to the scenarios to run: catalogue or file, settings, variants, rules, expectations.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/expect/expectation.hpp"
#include "cli/command_line.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/expectation.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::cli {

/// The scenario has mistakes; what() lists all of them, a line each, and how many. Exit code 2.
class ScenarioMistakes : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One scenario as chosen.
struct Choice {
    std::optional<std::string> file;           // absent for one of the catalogue
    std::vector<scenario::Scenario> variants;  // all of them, or the one of --variant
    std::vector<scenario::Expectation> written;
    std::vector<expect::Expectation> expectations;  // the same, understood
};

/// All variants, or the one of --variant, judged by what this machine allows or by `limits`. Throws UsageError (no such
/// scenario or variant) or ScenarioMistakes.
std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line);
std::vector<scenario::Scenario> choose_scenarios(const CommandLine& line, const scenario::Limits& limits);

/// The variants of this text under the settings of the command line, which need not name a scenario. Throws
/// ScenarioMistakes.
std::vector<scenario::Scenario> scenarios_of(const scenario::Source& source, const CommandLine& line,
                                             const scenario::Limits& limits);

/// The first scenario with what it expects.
Choice choose(const CommandLine& line, const scenario::Limits& limits);

/// Every scenario of the command line; their mistakes are thrown together. `must_expect`: a scenario that expects
/// nothing is a mistake.
std::vector<Choice> choose_all(const CommandLine& line, bool must_expect);

}  // namespace portdrought::cli
