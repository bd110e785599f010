// From TOML text to scenarios: the defaults, the profiles' values, the file, one variant and --set, laid over each
// other in this order. Every mistake is collected, those of the text (document.hpp), of single values (key_table.hpp)
// and of combinations (rules.hpp) together; nothing is thrown for them. The one file that is opened here is load.trace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/complaint.hpp"
#include "scenario/expectation.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

struct Reading {
    std::vector<Scenario> variants;         // in the order written; a single one without a name where there are none
    std::vector<Expectation> expectations;  // in the order written; what their texts say is not checked here
    std::vector<Complaint> complaints;

    /// The variants may be run only if this is true; otherwise they are what could be made out.
    bool is_valid() const { return complaints.empty(); }
};

/// `settings` are "key=value" and hold for every variant; complaints about them name the file "--set", the line is the
/// setting's number from 1. With `only_variant` the others are read, too, but need not obey the rules: a setting may be
/// right for one variant and not for its neighbours.
Reading read(std::string_view text, std::string_view file_name, const std::vector<std::string>& settings,
             const Limits& limits, std::string_view only_variant = {});

}  // namespace portdrought::scenario
