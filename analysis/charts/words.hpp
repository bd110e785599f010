// What is to be seen in a panel, in sentences, for those who cannot see it. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "analysis/charts/variants.hpp"

namespace portdrought::charts {

using Format = std::function<std::string(double)>;

std::string as_percent(double percent);            // "59.6 %"
std::string as_per_second(double per_second);      // "33.3/s"
std::string as_microseconds(double microseconds);  // "24 us", "4.1 ms"

/// The median with least and most behind it where those differ visibly: "119 s [118, 121]".
std::string ranged(const std::vector<double>& values, const Format& format);

/// y of the series with those it stands on.
std::vector<double> stacked(const std::vector<Series>& series);

/// "begins at 2.5 %, is highest at 119 s (100 %) and ends at 100 %"; "is 0 % throughout"; "is not known".
std::string course_words(const std::vector<double>& x, const std::vector<double>& y, const Format& format);

/// "Median of 3 runs." of several; that a run is drawn although it does not count. Empty of one that does.
std::string drawn_words(const Variant& variant);

/// "Marked: first failure 119 s; predicted 119 s.", of the upright marks; empty without any.
std::string mark_words(const std::vector<Mark>& marks);

/// The sentences that are not empty, a blank between them.
std::string joined(const std::vector<std::string>& sentences);

}  // namespace portdrought::charts
