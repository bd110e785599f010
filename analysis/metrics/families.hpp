// Metrics whose names are data: counters by their kernel names, failed calls by call and errno.
#pragma once

#include <optional>
#include <string_view>

#include "analysis/metrics/metric.hpp"

namespace portdrought::metrics {

/// nullopt for a name of no family, an unknown call or an errno that does not exist.
std::optional<Metric> find_in_families(std::string_view name);

/// Of a name that find_in_families knows.
std::optional<double> value_in_families(const record::RunRecord& record, std::string_view name);

/// A known call and errno near to a mistyped one: "errors.connect/EADDRNOTAVAIL".
std::optional<std::string> nearest_in_families(std::string_view name);

}  // namespace portdrought::metrics
