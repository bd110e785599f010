// When connect() itself shows that it walked past half of the ports. Pure.
#pragma once

#include "core/units.hpp"

namespace portdrought::findings {

/// How many times p10 the p99 is at least.
inline constexpr int cliff_factor_of_p99 = 8;

/// By quantiles of connect(). It is 4 times slower or more past half occupancy on ranges of a thousand ports, 13 times
/// and more from four thousand on; below these factors it is noise of the machine.
constexpr bool shows_cliff(core::Duration p10, core::Duration p95, core::Duration p99) {
    return p10.count() > 0 && p99 >= cliff_factor_of_p99 * p10 && p95 >= 4 * p10;
}

}  // namespace portdrought::findings
