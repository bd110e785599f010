// When a host sends a SYN again that nobody answers. Linux since 6.5 does so at equal distances first
// (tcp_syn_linear_timeouts), then after twice the time each; others double from the start (RFC 6298, 5.5). Real time.
// Pure.
#pragma once

#include <cstdint>

#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

struct SynTimers {
    std::uint32_t linear = 0;  // so many are sent again before the time between them doubles

    /// Between a SYN and the next, when `again` have been sent again before; of the last one, until connect() gives up.
    /// `again` <= most_again().
    core::Duration after(std::uint32_t again) const;
    /// net.ipv4.tcp_syn_retries; those at equal distances come on top.
    std::uint32_t most_again() const { return 6 + linear; }
};

/// Hosts that search as Linux 6.8 and later are the ones known to have equal distances.
SynTimers syn_timers(const Host& host);

}  // namespace portdrought::scenario
