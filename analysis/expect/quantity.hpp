// Numbers with units, from text to a metric's unit and back: "0.2 ms" is 200 of a metric in us.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analysis/metrics/metric.hpp"

namespace portdrought::expect {

/// How many of `metric` one `unit` ("ms", "/min", "%", "KB"; "" for none) is; absent where they do not fit. The units
/// are those of scenarios, and a share may be without one.
std::optional<double> factor_of(std::string_view unit, metrics::Unit metric);

/// How many of `to` one of `from` is; absent where they measure different things.
std::optional<double> factor_between(metrics::Unit from, metrics::Unit to);

/// What to write for a metric of this unit: "24 us or 0.2 ms".
std::string_view example(metrics::Unit unit);

/// As people read it: "24 us", "99.2 %", "2,200"; "never" for a moment that does not come.
std::string to_text(double value, metrics::Unit unit);

/// Both with as many digits as it takes to tell them apart.
struct Two {
    std::string first, second;
};
Two to_texts(double first, double second, metrics::Unit unit);

}  // namespace portdrought::expect
