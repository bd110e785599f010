// The three knees of a whole path: those of one host's own ports, and where several hosts or a NAT have a pool that
// ends before, those of that pool by the chain law. Rates are of each host, as load.rate is, per scenario second. Pure.
#pragma once

#include "analysis/knees/forecast.hpp"

namespace portdrought::knees {

Forecast path_forecast(const scenario::Scenario& scenario);

}  // namespace portdrought::knees
