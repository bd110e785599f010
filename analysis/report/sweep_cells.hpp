// The points of a sweep as cells of a table, and where they are. For every form. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/report/sweep_table.hpp"

namespace portdrought::report {

struct SweepCells {
    std::string ok;             // "59.7 %"; "–" where nothing was attempted
    std::string first_failure;  // "119 s", "none"
    std::string rate;           // "16.6/s": what lasts once ports have run out; before that what was made
    std::string time_wait_peak, free_ports;
};
SweepCells cells_of(const record::SweepRow& row);

/// Axes with something to tell apart; their position among all.
std::vector<std::size_t> shown_axes(const record::SweepHeader& header);

/// Where a point is: "load.rate = 600/s, host.timed_wait_delay = 240s"; empty where no axis is shown.
std::string place_words(const record::SweepHeader& header, std::uint64_t point);

/// Why points are not valid: the first few notes, each once, with the first point it is about.
std::vector<std::string> notes_of(const SweepTable& table);

}  // namespace portdrought::report
