// Values with units as text, both ways: "240s", "30/s", "64KB", "1025-5000". Printing is exact: what is printed reads
// back to an equal value. Knows no keys and no ranges (key_table.hpp); a text that cannot be read is absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/units.hpp"

namespace portdrought::scenario {

/// Digits, an optional fraction, and ns, us, ms, s, min or h; nothing finer than 1 ns, at most 292 years.
std::optional<core::Duration> duration_from(std::string_view text);
/// In seconds, or in the largest smaller unit that leaves a whole part: "240s", "1.5s", "250ms".
std::string to_text(core::Duration duration);

/// "30/s", "0.5/s" or "100/min"; finite and above zero.
std::optional<core::Rate> rate_from(std::string_view text);
std::string to_text(core::Rate rate);

/// Whole numbers of B, KB, MB or GB (1024-based; KiB, MiB and GiB mean the same).
std::optional<std::uint64_t> size_from(std::string_view text);
std::string size_text(std::uint64_t bytes);

/// A plain number without sign, unit or blanks; finite.
std::optional<double> number_from(std::string_view text);
/// The shortest decimal form that reads back to the same number, without an exponent.
std::string number_text(double number);

/// Digits only, at most `most`.
std::optional<std::uint64_t> whole_from(std::string_view text, std::uint64_t most);

/// "1025-5000" or "1025". Ends that run backwards are returned as written: the caller says so.
struct PortEnds {
    std::uint16_t first = 0, last = 0;
};
std::optional<PortEnds> ports_from(std::string_view text);
std::string to_text(const core::PortRange& range);

}  // namespace portdrought::scenario
