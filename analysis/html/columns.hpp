// Columns of numbers packed into text, rounded to what can be seen, for the script to unpack (page/decode.js). A column
// of a thousand values takes a kilobyte or two.
#pragma once

#include <string>
#include <vector>

#include "analysis/charts/chart.hpp"

namespace portdrought::html {

/// Values are whole numbers n of steps: n x 10^exponent; of a logarithmic column 10^(n / 1000); of one of percentiles
/// 1 - 10^(-n / 1000), 1 itself being `certain`.
struct Packing {
    charts::Scale scale = charts::Scale::linear;
    int exponent = 0;
};
inline constexpr long certain = 1'000'000;

/// Steps so small that the largest of these values is at least 1,000 of them; counts up to a million are exact.
Packing packing_for(double largest, charts::Scale scale, charts::Unit unit);

/// Whole steps, those of unknown values being `unknown`.
std::vector<long> steps_of(const std::vector<double>& values, const Packing& packing);
inline constexpr long unknown = -9'000'000'000'000'000;

/// Differences from one to the next: "A".."_" are digits of five bits, the least first and more to come where the sixth
/// is set, the sign in the lowest bit; "!" and a number stand for so many equal values, "~" for an unknown one.
std::string packed(const std::vector<long>& steps);

/// The same twice over, for times, which rise evenly.
std::string packed_evenly(const std::vector<long>& steps);

/// A panel with at most `most` places on its axis: values that share one become their mean, with the least and the most
/// of them as band.
charts::Panel thinned(const charts::Panel& panel, std::size_t most);

}  // namespace portdrought::html
