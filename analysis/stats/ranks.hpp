// Ranks in which equal values share the mean of their places (midranks), doubled so that they are whole numbers. Pure.
#pragma once

#include <cstdint>
#include <vector>

namespace portdrought::stats {

struct Ranks {
    std::vector<std::uint32_t> doubled;  // twice the midrank of each value, in the order of the values; 2 is the least
    double ties = 0;                     // sum of t^3 - t over groups of t equal values; 0 where all differ
};

Ranks midranks(const std::vector<double>& values);

}  // namespace portdrought::stats
