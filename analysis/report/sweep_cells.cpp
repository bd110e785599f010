#include "analysis/report/sweep_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/numbers.hpp"

namespace portdrought::report {
namespace {

using record::SweepHeader;
using record::SweepRow;

std::string ok_share(const SweepRow& row) {
    if (row.attempts == 0) return "–";
    return text::percent(static_cast<double>(row.ok) / static_cast<double>(row.attempts));
}

std::string count_or_dash(const std::optional<std::uint64_t>& count) { return count ? text::thousands(*count) : "–"; }

std::string rate_of(const SweepRow& row) {
    if (row.sustained_rate_per_s) return text::figure(*row.sustained_rate_per_s) + "/s";
    return row.achieved_rate_per_s ? text::figure(*row.achieved_rate_per_s) + "/s" : "–";
}

}  // namespace

SweepCells cells_of(const SweepRow& row) {
    return {ok_share(row), row.time_to_first_failure_s ? text::seconds(*row.time_to_first_failure_s) : "none",
            rate_of(row), count_or_dash(row.time_wait_peak), count_or_dash(row.ports_min_free)};
}

std::vector<std::size_t> shown_axes(const SweepHeader& header) {
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < header.axes.size(); ++i)
        if (header.axes[i].values.size() > 1) shown.push_back(i);
    return shown;
}

std::string place_words(const SweepHeader& header, std::uint64_t point) {
    const std::vector<std::size_t> place = header.place_of(point);
    std::string words;
    for (const std::size_t i : shown_axes(header))
        words +=
            fmt::format("{}{} = {}", words.empty() ? "" : ", ", header.axes[i].key, header.axes[i].values[place[i]]);
    return words;
}

std::vector<std::string> notes_of(const SweepTable& table) {
    constexpr std::size_t most = 5;
    std::vector<std::string> seen, notes;
    for (const SweepRow& row : table.rows) {
        if (row.valid) continue;
        for (const std::string& note : row.notes) {
            if (seen.size() == most || std::ranges::find(seen, note) != seen.end()) continue;
            seen.push_back(note);
            notes.push_back(fmt::format("point {}: {}", row.point, note));
        }
    }
    return notes;
}

}  // namespace portdrought::report
