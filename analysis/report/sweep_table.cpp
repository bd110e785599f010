#include "analysis/report/sweep_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "record/sweep_file.hpp"

namespace portdrought::report {

std::size_t SweepTable::invalid() const {
    return static_cast<std::size_t>(std::ranges::count(rows, false, &record::SweepRow::valid));
}

SweepTable table_of(const record::SweepResult& result) {
    SweepTable table{result.header, result.shard, {}};
    for (const auto& [point, row] : result.rows)
        table.rows.push_back(record::read_sweep_row(row, fmt::format("point {}", point)));
    return table;
}

}  // namespace portdrought::report
