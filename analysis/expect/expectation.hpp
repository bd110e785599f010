// What a scenario expects, understood: "METRIC OP VALUE" as a value (docs/expectations.md has the grammar).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analysis/metrics/metric.hpp"
#include "scenario/complaint.hpp"

namespace portdrought::expect {

/// How the repeats of a variant become one figure; every: they do not, each has to hold by itself.
enum class Aggregate : std::uint8_t { every, median, min, max, mean };

enum class Operator : std::uint8_t { equal, unequal, less, at_most, more, at_least };

/// A metric of a variant's runs.
struct Term {
    metrics::Metric metric;
    Aggregate aggregate = Aggregate::every;
    std::string variant;  // of 'x'; empty: the variant that is judged
};

/// How far from the limit still counts as equal.
struct Tolerance {
    double size = 0;  // in the left metric's unit; relative: a share of the limit
    bool relative = false;
};

struct Expectation {
    std::string that;     // as written
    std::string variant;  // judged for this one only; empty: for every variant, or once where `left` names one
    scenario::Position at;
    Term left;
    Operator op = Operator::equal;
    // The limit is factor x right + plus, in the left metric's unit.
    std::optional<Term> right;  // absent: the limit is `plus`
    double factor = 1;          // above 0
    double plus = 0;
    Tolerance tolerance;  // of equal and unequal
};

}  // namespace portdrought::expect
