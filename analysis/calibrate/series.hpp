// Readings of several runs put together: medians, least and most. Pure.
#pragma once

#include <array>
#include <vector>

#include "analysis/calibrate/fit.hpp"
#include "record/measured_costs.hpp"

namespace portdrought::calibrate {

class Series {
public:
    void add(const Fit& fit);

    /// The medians so far; built-in values where there is no reading yet.
    core::Costs known() const;

    /// As beside record::cost_names; zeros where there is no reading.
    std::array<record::MeasuredCost, record::cost_names.size()> measured() const;

private:
    std::array<std::vector<core::Duration>, record::cost_names.size()> readings_;
};

}  // namespace portdrought::calibrate
