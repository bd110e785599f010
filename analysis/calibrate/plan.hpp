// The runs on the kernel that show what opening a connection costs: scenarios, built in code, each made so that one
// cost stands out. How they are read is in fit.hpp. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/costs.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::calibrate {

/// In the order in which they are made: what the earlier ones show is needed to plan and to read the later ones.
enum class Aim : std::uint8_t {
    plateau,      // a wide range, hardly used, an enforced TIME_WAIT: connect, connection
    narrow_walk,  // 4,000 ports, past half of them in TIME_WAIT: time_wait_probe_cached
    full,         // a few ports, all taken: failing_connection
    wide_walk,    // the default range, past half of it in TIME_WAIT: time_wait_probe
    open_walk     // a wide range, past half of it in open connections: live_probe
};
inline constexpr std::array aims{Aim::plateau, Aim::narrow_walk, Aim::full, Aim::wide_walk, Aim::open_walk};

/// "a hardly used range"
std::string_view words_of(Aim aim);

/// Descriptors without which no walk past open connections can be made.
inline constexpr std::uint64_t least_descriptors = 4'096;

/// `known`: costs measured so far, the others built in; what is slower gets more time. `descriptors`: what the machine
/// allows a process, at least least_descriptors. `tries_before`: in vain; each doubles the time that filling gets. One
/// worker, no tw_reuse, the kernel's own search.
scenario::Scenario scenario_for(Aim aim, const core::Costs& known, std::uint64_t descriptors,
                                unsigned tries_before = 0);

}  // namespace portdrought::calibrate
