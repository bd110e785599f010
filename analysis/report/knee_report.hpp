// What `knee` found out about one variant, for every format it is told in.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/knees/judgement.hpp"

namespace portdrought::report {

/// Why a search ended.
enum class Ending : std::uint8_t { complete, budget, interrupted, hopeless };

/// The search of one variant.
struct KneeReport {
    scenario::Scenario scenario;
    knees::SearchPlan plan;
    knees::Forecast forecast;
    knees::Knees knees;
    std::vector<knees::Observation> observations;
    double elapsed_s = 0, budget_s = 0;  // real time
    Ending ending = Ending::complete;
};

}  // namespace portdrought::report
