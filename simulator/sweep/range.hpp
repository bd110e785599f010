// "100/s..2000/s:25": the values of an evenly or geometrically spaced range, as text. Counts in whole nanoseconds,
// bytes or millionths, so that 0.1..0.5:0.1 ends at 0.5. Knows no keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portdrought::sweep {

/// Looks like a range: two dots behind a number.
bool is_range(std::string_view item);

/// Either the values or what is wrong, to follow the item itself: "has no step; write …".
struct RangeValues {
    std::vector<std::string> values;
    std::optional<std::string> fault;
};

/// `only_whole`: values of a geometric range are rounded to whole numbers, as the key takes no others.
RangeValues range_values(std::string_view item, bool only_whole);

}  // namespace portdrought::sweep
