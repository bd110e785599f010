// A report as OpenMetrics text 1.0, for those who keep such series: the totals of every run as one scrape, the standing
// of every variant, what was expected, and if asked for the samples with their times. Only layout; docs/forms.md has
// the families.
#pragma once

#include <string>
#include <string_view>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// totals: without timestamps, as a scrape of something that stands still. samples: with timestamps, for backfilling;
/// those of the totals are then the end of each run.
enum class Series : std::uint8_t { totals, samples };

/// Ends in "# EOF" and a newline.
std::string openmetrics(const Report& report, Series series = Series::totals);

/// Text as the value of a label, without the quotes.
std::string label_value(std::string_view text);

}  // namespace portdrought::report
