// What the files of rules share: a rule looks at a scenario and says what is wrong, or nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenario/rules.hpp"

namespace portdrought::scenario {

using Found = std::optional<Finding>;
using Rule = Found (*)(const Scenario&);

/// Every broken one of them, in their order.
inline std::vector<Finding> broken(std::span<const Rule> rules, const Scenario& scenario) {
    std::vector<Finding> all;
    for (const Rule rule : rules)
        if (auto finding = rule(scenario)) all.push_back(std::move(*finding));
    return all;
}

}  // namespace portdrought::scenario
