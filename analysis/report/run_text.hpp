// The terminal report of one run: header, warnings, verdict, table, TIME_WAIT over time. Only layout; what is said is
// in the Summary.
#pragma once

#include <optional>
#include <string>

#include "analysis/report/summary.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// What the caller knows and the record does not.
struct Pointers {
    std::optional<std::string> record;  // path of the record
    std::optional<std::string> next;    // a command worth running now
};

/// Ends in a newline; no line is wider than style.width, unless a single word is.
std::string render_text(const Summary& summary, const text::TextStyle& style, const Pointers& pointers = {});

}  // namespace portdrought::report
