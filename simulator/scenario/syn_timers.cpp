#include "scenario/syn_timers.hpp"

#include <algorithm>

namespace portdrought::scenario {

core::Duration SynTimers::after(std::uint32_t again) const {
    constexpr core::Duration first = std::chrono::seconds{1};  // RFC 6298, 2.1
    return first * (std::int64_t{1} << (again - std::min(again, linear)));
}

SynTimers syn_timers(const Host& host) {
    constexpr std::uint32_t linear_timeouts = 4;
    const bool has_it = host.port_search == PortSearch::linux_6_8 || host.port_search == PortSearch::linux_6_18;
    return {is_linux(host) && has_it ? linear_timeouts : 0};
}

}  // namespace portdrought::scenario
