#include "analysis/laws/probing.hpp"

#include <cmath>
#include <limits>

namespace portdrought::laws {

double bounded_probing_failure(double occupied, std::uint32_t tries) { return std::pow(occupied, tries); }

double occupancy_at_failure(double failing, std::uint32_t tries) { return std::pow(failing, 1.0 / tries); }

double mean_random_probes(double occupied) {
    return occupied >= 1 ? std::numeric_limits<double>::infinity() : 1 / (1 - occupied);
}

double probes_while_filling(const Search& search, double taken) {
    if (taken < static_cast<double>(search.first_half)) return 1;
    if (taken < static_cast<double>(search.ports)) return static_cast<double>(search.first_half) + 1;
    return static_cast<double>(search.ports);
}

double probes_in_steady_state(const Search& search, double taken) {
    if (taken >= static_cast<double>(search.ports)) return static_cast<double>(search.ports);
    return 1 + share_of_walks(search, taken) * static_cast<double>(search.first_half);
}

double share_of_walks(const Search& search, double taken) {
    const auto half = static_cast<double>(search.first_half);
    return taken <= half ? 0 : (taken - half) / taken;
}

core::Duration walk_time(double probes, std::uint64_t ports, const core::Costs& cost) {
    const core::Duration probe = ports <= cost.cached_ports ? cost.time_wait_probe_cached : cost.time_wait_probe;
    return core::from_seconds(probes * core::seconds(probe));
}

}  // namespace portdrought::laws
