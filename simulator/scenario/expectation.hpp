// What a scenario expects of its runs, as it was written: [[expect]] tables. What the text of `that` means is
// analysis/expect's business; scenarios know no figures.
#pragma once

#include <string>
#include <vector>

#include "scenario/complaint.hpp"
#include "scenario/document.hpp"

namespace portdrought::scenario {

struct Expectation {
    std::string that;     // "outcomes.no_port_connect == 0"
    std::string variant;  // holds for this one only; empty: for every variant
    Position at;          // of the text of `that`
    friend bool operator==(const Expectation&, const Expectation&) = default;
};

struct Expectations {
    std::vector<Expectation> read;  // in the order written, those with a text that can be read
    std::vector<Complaint> complaints;
};

/// `variants` are the names of all variants of the file.
Expectations expectations_from(const std::vector<Table>& tables, const std::vector<std::string>& variants);

}  // namespace portdrought::scenario
