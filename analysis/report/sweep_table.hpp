// What a sweep showed, point by point, for every format it is told in.
#pragma once

#include <cstddef>
#include <vector>

#include "record/sweep_result.hpp"

namespace portdrought::report {

struct SweepTable {
    record::SweepHeader header;
    record::Shard shard;
    std::vector<record::SweepRow> rows;  // by point
    std::size_t invalid() const;
};

/// Throws record::FormatError for a row that is none.
SweepTable table_of(const record::SweepResult& result);

}  // namespace portdrought::report
