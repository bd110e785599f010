// Who holds the pairs in TIME_WAIT of some runs, and the readings that say how many. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/charts/course.hpp"

namespace portdrought::charts {

/// TIME_WAIT over time, of one side or of both.
struct Held {
    std::string key, label;
    std::vector<Points> runs;  // pairs, by run
};

/// Client's and server's where censuses saw entries on both sides; one series where all are on one side, which then has
/// the finer readings of sockstat too; undivided where no census tells. None where nothing was read.
std::vector<Held> held_of(const Variant& variant);

/// Of a sample, both sides together. sockstat counts orphaned FIN_WAIT_2 as well: where those piled up, only a census
/// tells.
std::optional<double> time_wait_of(const record::Sample& sample, bool has_fin_wait_2);

}  // namespace portdrought::charts
