// The table of a summary: one row per subject. Pure.
#pragma once

#include "analysis/report/summary.hpp"

namespace portdrought::report {

std::vector<Row> rows_of(const record::RunRecord& record);

}  // namespace portdrought::report
