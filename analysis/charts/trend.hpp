// A trend line for a cell of a table: TIME_WAIT over the length of a run in a few points. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::charts {

struct Trend {
    /// At equal distances from the start to the end: share of all ports, 0..1, the highest in each place of the median
    /// over repeats; above 1 where both sides hold pairs. NaN where nothing is known; empty where nothing was read.
    std::vector<double> points;
    std::optional<double> first_failure;  // 0..1 of the length; the median of the runs that had one
};

/// Of the runs of one variant, none null; of those that count where there are any.
Trend trend_of(const std::vector<const record::RunRecord*>& runs, std::size_t most_points = 60);

}  // namespace portdrought::charts
