// A recorded load as a CSV file: lines of numbers below the header `t_s` (one attempt each, at that second) or
// `t_s,attempts` (so many, spread evenly until the next row's time). Every mistake is collected with its position.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace.hpp"
#include "scenario/complaint.hpp"

namespace portdrought::scenario {

inline constexpr std::size_t most_trace_rows = 1'000'000;  // 16 MB in memory
inline constexpr std::size_t most_trace_bytes = 64 << 20;  // of the file
inline constexpr std::size_t most_trace_complaints = 20;   // a file of another kind is not complained of to its end

struct TraceReading {
    std::shared_ptr<const core::Trace> trace;  // null where there are complaints
    std::string content;                       // "3 rows, 70 attempts, fnv1a 0123456789abcdef"
    std::vector<Complaint> complaints;         // their key is the column's name
};

/// The last row lasts as long as the one before it; a single one no time at all.
TraceReading parse_trace(std::string_view text, std::string_view file);

/// Of the file's text; `problem` instead where it cannot be read: "cannot be read: …; write …".
struct TraceText {
    std::string text, problem;
};
TraceText read_trace_file(const std::string& path);

}  // namespace portdrought::scenario
