#include "analysis/laws/probing.hpp"

#include <cmath>
#include <limits>

namespace portdrought::laws {

double bounded_probing_failure(double occupied, std::uint32_t tries) { return std::pow(occupied, tries); }

double mean_random_probes(double occupied) {
    return occupied >= 1 ? std::numeric_limits<double>::infinity() : 1 / (1 - occupied);
}

double probes_while_filling(const Search& search, double taken) {
    if (taken < static_cast<double>(search.first_half)) return 1;
    if (taken < static_cast<double>(search.ports)) return static_cast<double>(search.first_half) + 1;
    return static_cast<double>(search.ports);
}

double probes_in_steady_state(const Search& search, double taken) {
    const auto half = static_cast<double>(search.first_half);
    if (taken <= half) return 1;
    if (taken >= static_cast<double>(search.ports)) return static_cast<double>(search.ports);
    const double came_back_in_half = half / taken;
    return came_back_in_half * half / 2 + (1 - came_back_in_half) * (half + 1);
}

core::Duration walk_time(double probes, const ScanCost& cost) {
    return core::from_seconds(probes * core::seconds(cost.time_wait_probe));
}

}  // namespace portdrought::laws
