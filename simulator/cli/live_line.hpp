// One line of progress out of parts, for any width: a bar takes the room that is left, and where there is not enough
// the least important parts go first, the bar last. Pure; progress_line.hpp and sweep_progress.hpp say what the parts
// are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/text/layout.hpp"

namespace portdrought::cli {

struct LivePart {
    std::string text;    // left out where empty; of a bar unused
    std::uint32_t rank;  // the part of the highest rank goes first
    std::optional<text::Mark> mark = {};
    std::optional<double> share = {};  // of a bar: 0 to 1; more is full
    bool shortens = false;             // loses its end before it goes
};

/// 0 of nothing.
inline double share_of(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Columns that `text` takes on a terminal, rather too many than too few: ideographs, and what may be one, take two.
std::size_t columns_of(std::string_view text);

/// The parts in their order, at most one of them a bar. Never wider than style.width, however little that is; in ASCII
/// where the style says so.
std::string live_line(std::vector<LivePart> parts, const text::TextStyle& style);

}  // namespace portdrought::cli
