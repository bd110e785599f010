// Counts, figures and short times as people read them, for the notes of records and for reports alike; what reports
// need besides is in analysis/text/numbers.hpp. Plain ASCII.
#pragma once

#include <cstdint>
#include <string>

#include "core/units.hpp"

namespace portdrought::core {

/// "20,000"
std::string thousands(std::uint64_t number);

/// Rounded, with separators from 1,000 on: "0.0222", "0.53", "33.3", "470", "1,234".
std::string figure(double number);

/// Rounded to so many decimals, without the zeros at its end: "136.5".
std::string decimal(double number, int most_decimals);

/// Short times, as latencies are: "24 us", "0.11 ms", "4.1 ms", "1.20 s".
std::string latency(Duration duration);

}  // namespace portdrought::core
