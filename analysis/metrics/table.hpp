// The metrics with fixed names, each with the way to its number. metric.hpp is what others use.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "analysis/metrics/metric.hpp"

namespace portdrought::metrics {

struct Row {
    Metric metric;
    std::function<std::optional<double>(const record::RunRecord&)> value;
};

const std::vector<Row>& table();

}  // namespace portdrought::metrics
