// The terminal report of a comparison: a table that fits the terminal, split where it must be, ranges under the medians
// where repeats differ, then a line per variant. Only layout.
#pragma once

#include <string>
#include <vector>

#include "analysis/compare/comparison.hpp"
#include "analysis/report/spark.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// With a line of blocks for each of `traces` (variant_traces()) below the figures. Ends in a newline.
std::string render_text(const compare::Comparison& comparison, const text::TextStyle& style,
                        const std::vector<VariantTrace>& traces = {});

}  // namespace portdrought::report
