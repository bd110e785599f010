// The text of an expectation, understood or refused with what would be right. The language is small and the project's
// own (docs/expectations.md), so it is read by hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/expect/expectation.hpp"
#include "scenario/expectation.hpp"

namespace portdrought::expect {

struct Parsed {
    std::optional<Expectation> expectation;
    std::string fault;  // where absent: what is wrong and what would be right
};

/// Knows metrics and units; not which variants there are.
Parsed parse(std::string_view text);

struct Understood {
    std::vector<Expectation> expectations;
    std::vector<scenario::Complaint> complaints;
};

/// `variants` are the names of all variants of the scenario; {""} or nothing for a scenario without.
Understood understand(const std::vector<scenario::Expectation>& written, const std::vector<std::string>& variants);

}  // namespace portdrought::expect
