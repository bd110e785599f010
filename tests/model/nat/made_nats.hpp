// NATs for tests, and flows to put through them.
#pragma once

#include <chrono>

#include "model/nat/nat.hpp"

namespace portdrought::model {

using namespace std::chrono_literals;

/// Ports 1024 and up, all shared, each taken for 4, 2 and 1 s after FIN, reset and an unanswered SYN.
inline scenario::Nat small_nat(std::uint32_t ports) {
    scenario::Nat nat;
    nat.profile = "made for a test";
    nat.ports = {1024, static_cast<std::uint16_t>(1023 + ports)};
    nat.after_fin = 4s;
    nat.after_reset = 2s;
    nat.half_open = 1s;
    return nat;
}

inline scenario::Nat preserving_nat(std::uint32_t ports) {
    scenario::Nat nat = small_nat(ports);
    nat.port_choice = scenario::NatPorts::preserve;
    return nat;
}

inline constexpr core::Instant start{0};

/// Opens one flow after the other from `host` to `destination`, all at `now`, until one finds no port; how many did.
inline std::uint32_t fill(Nat& nat, std::uint32_t host, std::uint32_t destination, core::Instant now = start) {
    std::uint32_t got = 0;
    while (nat.open({host, static_cast<std::uint16_t>(1024 + got), destination}, now)) ++got;
    return got;
}

/// Connections opened in `duration` out of one every `gap`, each closed at once; each from a port not used before.
inline std::uint64_t carried(Nat& nat, std::uint32_t hosts, core::Duration gap, core::Duration from, core::Duration to,
                             FlowEnd end) {
    std::uint64_t opened = 0, count = 0;
    for (core::Instant now = start; now < to; now += gap, ++opened) {
        const NatFlow flow{static_cast<std::uint32_t>(opened % hosts),
                           static_cast<std::uint16_t>(1024 + opened / hosts % 64'512), 0};
        const auto mapping = nat.open(flow, now);
        if (!mapping) continue;
        nat.close(*mapping, end, now);
        count += now >= from;
    }
    return count;
}

}  // namespace portdrought::model
