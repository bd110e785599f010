// A trace as a line of blocks, and the traces of variants beneath each other. Only layout.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/summary.hpp"
#include "analysis/text/layout.hpp"
#include "record/run_record.hpp"

namespace portdrought::report {

/// Of as many equal stretches of the trace's axis, one at least, the highest point; absent where a stretch has none.
std::vector<std::optional<double>> highest_by_column(const Trace& trace, std::size_t columns);

/// In `columns` characters the highest point of each; between points the last value holds.
std::string spark(const Trace& trace, std::size_t columns);

struct VariantTrace {
    std::string variant;  // as of compare::VariantResult
    Trace trace;
};

/// Of each variant, in order of first appearance, the valid run whose TIME_WAIT peak is the median (of an even count
/// the lower one of the middle two); without those that counted nothing. All on one axis. None is null.
std::vector<VariantTrace> variant_traces(const std::vector<const record::RunRecord*>& records);

/// A row for each and a caption; empty where there is nothing to show, or no room.
std::string traces_text(const std::vector<VariantTrace>& traces, std::size_t width);

}  // namespace portdrought::report
