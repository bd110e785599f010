// The terminal report of a sweep: a row per point, and with two axes one figure as a grid. Only layout.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/text/layout.hpp"
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

/// Ends in a newline. Of very many points the first ones; the file has all.
std::string render_text(const SweepTable& table, const text::TextStyle& style);

}  // namespace portdrought::report
