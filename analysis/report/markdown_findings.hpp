// What `knee`, `validate` and `sweep` found out, as Markdown: the parts of a section that are about neither variants
// nor expectations. Only layout.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// The three knees of each variant, measured beside predicted, and what is behind them.
std::string knees_markdown(const std::vector<KneeReport>& knees);

/// Figures beyond their limits, then every run with its verdict, then what could not be compared.
std::string agreements_markdown(const std::vector<Validated>& validated);

/// A row per point, up to a bound.
std::string sweep_markdown(const SweepTable& sweep);

}  // namespace portdrought::report
