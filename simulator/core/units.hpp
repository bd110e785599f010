// Values with units that every folder shares: rates, byte counts, port ranges and the run's own time.
// Pure values, no I/O. Numbers without a unit in their type end in the unit.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace portdrought::core {

/// Time since the run's first intended start, real (not scenario) time. Integral, so both engines can order events
/// exactly.
using Instant = std::chrono::nanoseconds;
using Duration = std::chrono::nanoseconds;

constexpr double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }
constexpr Duration from_seconds(double value) { return Duration{static_cast<std::int64_t>(value * 1e9 + 0.5)}; }

/// Events per second; finite and above zero.
struct Rate {
    double per_second = 1;
    friend bool operator==(const Rate&, const Rate&) = default;
};

/// Inclusive range of TCP ports, first <= last.
struct PortRange {
    std::uint16_t first = 32768;
    std::uint16_t last = 60999;

    constexpr std::uint32_t size() const { return static_cast<std::uint32_t>(last) - first + 1U; }
    constexpr bool contains(std::uint16_t port) const { return first <= port && port <= last; }
    friend bool operator==(const PortRange&, const PortRange&) = default;
};

using PortSet = std::vector<PortRange>;

bool contains(const PortSet& set, std::uint16_t port);

/// Ports of `range` that are not in `reserved`: what connect() may choose from (ip_local_reserved_ports).
std::uint32_t usable_ports(const PortRange& range, const PortSet& reserved);

/// "20000-20499,20600": the form of ip_local_reserved_ports; empty for an empty set.
std::string to_string(const PortSet& set);

}  // namespace portdrought::core
