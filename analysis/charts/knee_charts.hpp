// The charts of a search for the three knees: what the runs showed over the offered rate, with the measured brackets
// and the predictions. Pure.
#pragma once

#include <vector>

#include "analysis/charts/chart.hpp"
#include "analysis/knees/forecast.hpp"
#include "analysis/knees/search.hpp"

namespace portdrought::charts {

/// The search of one variant; refers to values that outlive it.
struct KneeSearch {
    const scenario::Scenario& scenario;
    const knees::Forecast& forecast;
    const knees::Knees& knees;
    const std::vector<knees::Observation>& observations;
};

/// "knee-failures", "knee-latency" and "knee-rate": a subject and a panel per search. Rates are of each host, per
/// scenario second. Runs that were disturbed or could not hold their rate are left out, and the text says how many.
Charts knee_charts(const std::vector<KneeSearch>& searches);

}  // namespace portdrought::charts
