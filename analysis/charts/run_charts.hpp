// The charts of runs: a panel per variant, repeats laid over each other. What each shows and how repeats are put
// together: docs/charts.md. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "record/run_record.hpp"

namespace portdrought::charts {

struct Options {
    /// Most values of y in a chart, those of all panels and series together; a series has at least `least_places`
    /// however many there are. Bands come on top: at most two more for each.
    std::size_t values = 2000;
    static constexpr std::size_t least_places = 24;
};

/// Runs of one scenario, of any variants, repeats and engines; none null. Every variant is a subject, in order of first
/// appearance, drawn or not. Charts that no run has anything for are left out.
Charts charts_of(const std::vector<const record::RunRecord*>& runs, const Options& options = {});

}  // namespace portdrought::charts
