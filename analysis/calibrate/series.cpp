#include "analysis/calibrate/series.hpp"

#include <algorithm>

namespace portdrought::calibrate {
namespace {

record::MeasuredCost summary(std::vector<core::Duration> readings) {
    if (readings.empty()) return {};
    std::ranges::sort(readings);
    const core::Duration below = readings[(readings.size() - 1) / 2], above = readings[readings.size() / 2];
    return {below + (above - below) / 2, readings.front(), readings.back()};
}

}  // namespace

void Series::add(const Fit& fit) {
    for (const Reading& reading : fit.readings)
        for (std::size_t i = 0; i < readings_.size(); ++i)
            if (record::cost_names[i].member == reading.cost) readings_[i].push_back(reading.value);
}

core::Costs Series::known() const {
    core::Costs costs;
    const auto all = measured();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!readings_[i].empty()) costs.*record::cost_names[i].member = all[i].value;
    return costs;
}

std::array<record::MeasuredCost, record::cost_names.size()> Series::measured() const {
    std::array<record::MeasuredCost, record::cost_names.size()> all;
    std::ranges::transform(readings_, all.begin(), summary);
    return all;
}

}  // namespace portdrought::calibrate
