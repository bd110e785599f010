// The figures of a variant as short cells, each on one line: the median and, where repeats differ, their range. For
// forms that are no terminal (comparison_text.hpp lays out over several lines). Pure.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::report {

/// "(as written)" where it has no name.
std::string variant_name(const std::string& variant);

/// The figures behind a line of the section; null where nothing was compared.
const compare::VariantResult* result_of(const Section& section, std::size_t line);

std::string ok_cell(const compare::VariantResult& result);             // "59.4 % [59.2, 59.6]"
std::string first_failure_cell(const compare::VariantResult& result);  // "119 s (2 of 3 runs)", "none"
std::string peak_cell(const compare::VariantResult& result);           // "3,976 / 3,976", "7,992, server"
std::string valid_cell(const compare::VariantResult& result);          // "9 of 9"

}  // namespace portdrought::report
