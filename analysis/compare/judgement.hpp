// Whether a variant differs from the first one, by more than chance and by enough to matter: one verdict per metric.
// The unit is the run: one number per run and metric, never samples within a run (docs/method.md). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/stats/values.hpp"
#include "record/run_record.hpp"

namespace portdrought::compare {

/// The runs of a variant; `counted` are those that give figures. The records outlive it.
struct Group {
    std::string variant;
    std::vector<const record::RunRecord*> all, counted;
};

enum class Decision : std::uint8_t { better, worse, no_difference, cannot_tell };
/// As in JSON: "better", "worse", "no difference", "cannot tell".
const char* name(Decision decision);

/// What is judged. `points` are percentage points of a share; the others are differences in the metric's own unit.
enum class Scale : std::uint8_t { points, microseconds, bytes, count };

struct Criterion {
    const char* metric;  // as in totals: "ok_share"
    const char* label;   // as in the table: "ok"
    Scale scale;
    bool higher_is_better;
    /// Differences up to `negligible` are called none whatever the test says; up to `tolerable` where it says nothing.
    /// Of a share in points / 100; of others relative to the first variant's median.
    double negligible, tolerable;
};

/// The headline, ok_share, first; then the costs.
const std::vector<Criterion>& criteria();

struct Judgement {
    const Criterion* criterion = nullptr;
    Decision decision = Decision::cannot_tell;
    std::size_t first_runs = 0, runs = 0;     // that have the figure
    double shift = 0;                         // this variant less the first one, Hodges-Lehmann
    std::optional<stats::Interval> interval;  // of the shift
    double p = 1, p_holm = 1;                 // exact, two-sided; adjusted for all tests of the comparison
    double a12 = 0.5;                         // chance that a run of this variant lies above one of the first
    bool exact = true;                        // false: p by the normal approximation
    bool paired = false;                      // runs of equal seed were set against each other
    double bound = 0;  // the interval's larger end, in the terms of `negligible`; infinite where the first is 0
    /// Repeats that could decide it; estimated. 0: more than most_repeats.
    std::size_t repeats_needed = 0;
};

inline constexpr std::size_t least_repeats = 4;
inline constexpr std::size_t most_repeats = 100;
inline constexpr double alpha = 0.05;

/// One list per group, in their order, each with a judgement per criterion that both sides have; empty for the first
/// group, which the others are set against.
std::vector<std::vector<Judgement>> judge(const std::vector<Group>& groups);

/// "better: +44.8 points [44.7, 44.9]", "no difference larger than 2 %", "cannot tell, run more: 6 repeats"
std::string words_of(const Judgement& judgement);

}  // namespace portdrought::compare
