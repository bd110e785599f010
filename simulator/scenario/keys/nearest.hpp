// "Did you mean": the known words closest to one that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portdrought::scenario {

/// Letters to insert, delete, replace or swap with their neighbour until `a` reads `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known words near enough to be what was meant, nearest first, at most `most`. A word that equals, or nearly
/// equals, the part of a dotted name behind its dot counts as near it: "rate" finds "load.rate".
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known, std::size_t most);

/// "; did you mean load.rate?", or with several " a, b or c?"; empty when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known, std::size_t most = 1);

}  // namespace portdrought::scenario
