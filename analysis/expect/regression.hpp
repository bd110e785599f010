// Whether runs got worse than earlier ones of the same variant: for every metric with a better direction, by more than
// a set part and more than chance explains. Pure; only from records.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/expect/judge.hpp"

namespace portdrought::expect {

struct Regression {
    std::string variant, metric;
    metrics::Unit unit = metrics::Unit::count;
    metrics::Better better = metrics::Better::neither;
    double before = 0, now = 0;  // medians; infinite for a moment that never came
    std::size_t runs_before = 0, runs_now = 0;
};

struct Regressions {
    std::vector<Regression> found;
    std::size_t compared = 0;        // metrics, over all variants
    std::vector<std::string> notes;  // what was left out, and why
};

/// Fewer new runs than this say nothing about chance: then nothing is compared.
inline constexpr std::size_t least_runs = 3;

/// By how much a median may be worse, as a part of the earlier one: latencies and CPU vary with the machine's load.
double tolerated(metrics::Unit unit);

/// Runs of other variants than `variants` are left aside, and with a note those that are not valid or were interrupted.
Regressions regressions(const std::vector<std::string>& variants, const std::vector<Run>& before,
                        const std::vector<Run>& now);

}  // namespace portdrought::expect
