// Numbers as people read them: 20,000; 59.6 %; 24 us; 4.1 ms; 33.3/s. Three significant digits unless more are exact.
// Plain ASCII. Machines read the record instead.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/figures.hpp"
#include "core/units.hpp"

namespace portdrought::text {

using core::figure;
using core::latency;
using core::thousands;

/// Never more than the number, for limits: 136.5 of 136.53 and of 136.57; a decimal below 1,000, two below 10, three
/// below 0.01: "470.5", "16.6", "0.53", "1,234".
std::string figure_below(double number);

/// A share of 0..1: "59.6 %"; "100 %" and "0 %" only where it is all or nothing.
std::string percent(double share);

/// A latency with its sign: "+0.06 ms".
std::string difference(core::Duration duration);

/// Long times, as scenarios have: "0.5 s", "119 s", "1,200 s".
std::string seconds(double value);
std::string seconds(core::Duration duration);

/// "[63.6, 63.9]" of "63.6 %" and "63.9 %": a unit that both ends share is left out.
std::string range(std::string least, std::string most);

/// "512 bytes", "17.3 MB" (1000-based).
std::string bytes(std::uint64_t count);

/// "1 reset", "2 resets"; the plural is the singular with an s.
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace portdrought::text
