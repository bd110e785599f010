// The runs of a scenario by variant, and which of them are drawn. Pure; the records outlive it.
#pragma once

#include <vector>

#include "analysis/charts/chart.hpp"
#include "record/run_record.hpp"

namespace portdrought::charts {

using Runs = std::vector<const record::RunRecord*>;

struct Variant {
    Subject subject;
    Runs all;
    /// The runs that count; where none does, all of them, and the caveats say so. Never empty.
    Runs drawn;

    const record::RunRecord& sample() const { return *drawn.front(); }
    /// Ports, or pairs, of all hosts together.
    double capacity() const { return static_cast<double>(sample().totals.ports_capacity); }
};

/// In order of first appearance; runs of one variant on two engines are two, as are two scenarios.
std::vector<Variant> variants_of(const Runs& runs);

}  // namespace portdrought::charts
