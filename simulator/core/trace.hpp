// A recorded load as numbers: how many attempts came when. Reading one from a file is the scenario's business.
#pragma once

#include <cstdint>
#include <vector>

#include "core/units.hpp"

namespace portdrought::core {

struct Trace {
    /// `attempts` spread evenly from `at` until the next row's time, the first of them at `at`.
    struct Row {
        Instant at{0};
        std::uint64_t attempts = 0;
    };
    std::vector<Row> rows;  // `at` never decreases
    Duration last{0};       // how long the last row lasts

    Duration length_of(std::size_t row) const { return row + 1 < rows.size() ? rows[row + 1].at - rows[row].at : last; }
    /// When attempt `index` < attempts of `row` is due.
    Instant due(std::size_t row, std::uint64_t index) const;
    /// Those that are due before `end`.
    std::uint64_t attempts_before(Instant end) const;
};

}  // namespace portdrought::core
