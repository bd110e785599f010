// The maps of a sweep: share of ok and time to the first failure over two axes; over one axis of numbers a chart. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "record/sweep_result.hpp"

namespace portdrought::charts {

/// Most maps of a figure: one for each combination of the axes that are not drawn.
inline constexpr std::size_t most_maps = 12;
/// Axes with more values than this are drawn by their first ones.
inline constexpr std::size_t most_cells_across = 100;

/// "sweep-ok" and "sweep-first-failure", with "-2", "-3", … where there are several maps of a kind. Repetitions of a
/// point are one cell: the median of the valid ones. The two axes with most values are drawn, the one that changes
/// faster across; `rows` need not be complete. One axis: charts where its values are numbers of one kind, else a map
/// of one row. Nothing where no axis has two values. The one subject is named by scenario and engine: "article
/// (model)".
Charts sweep_charts(const record::SweepHeader& header, const std::vector<record::SweepRow>& rows);

/// What a value of an axis stands for on a scale: "200/s" 200, "4min" 240 (seconds), "0.5" 0.5. Absent of anything
/// else.
struct Quantity {
    double value = 0;
    Unit unit = Unit::count;
    friend bool operator==(const Quantity&, const Quantity&) = default;
};
std::optional<Quantity> quantity_of(const std::string& text);

}  // namespace portdrought::charts
