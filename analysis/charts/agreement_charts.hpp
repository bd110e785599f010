// A kernel's run and the model's runs of the same scenario over each other, as agreement::compare() holds them against
// each other. Pure.
#pragma once

#include <vector>

#include "analysis/agreement/agreement.hpp"
#include "analysis/charts/run_charts.hpp"

namespace portdrought::charts {

/// "agreement-time-wait", with "-client" and "-server" where both engines tell the sides apart: over each other a panel
/// with series "kernel", and one with "model" whose band is what the model's runs span within the time that was looked
/// at. "agreement-difference": how far the kernel's run lies beyond that band, per cent of capacity, with the limits of
/// `agreement`. Two subjects, "off, kernel" and "off, model"; the difference is a panel of the first. Empty where
/// nothing was judged.
Charts agreement_charts(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                        const agreement::Agreement& agreement, const Options& options = {});

}  // namespace portdrought::charts
