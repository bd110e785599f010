// Runs a measurement in a forked child inside a fresh network namespace, so that no contender inherits TIME_WAIT
// entries, sockets or a warm heap from the one before. The knobs are the same for all and explained in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace portdrought::bench {

/// What a measurement hands back: named figures.
using Figures = std::map<std::string, double>;

/// The range connect() chooses from. Ports below it are left to listeners.
inline constexpr std::uint16_t first_port = 1024, last_port = 65535;
/// Past this many TIME_WAIT entries towards one destination the kernel's port search walks half the range for each
/// connect() and would be the only thing measured.
inline constexpr double search_knee = (last_port - first_port + 1) / 2.0;

/// Throws std::runtime_error with the child's reason when it could not measure.
Figures run_isolated(const std::function<Figures()>& measure);

}  // namespace portdrought::bench
