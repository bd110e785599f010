// Holds records against what their scenario expects. An invalid or interrupted measurement is never a pass and never a
// fail, and neither is a figure that a record does not have. Pure; only from records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/expect/expectation.hpp"
#include "record/run_record.hpp"

namespace portdrought::expect {

enum class Verdict : std::uint8_t { pass, fail, invalid };

/// "pass", "fail", "invalid"
std::string_view name(Verdict verdict);

/// A record and how messages call it: its path.
struct Run {
    const record::RunRecord* record;
    std::string name;
};

/// Why it gives no figures: "runs/x.json is not valid: …"; empty where it does.
std::string problem_of(const Run& run);

struct Judgement {
    std::string that;
    std::string variant;         // whose runs were judged; empty: a scenario without variants
    bool names_variant = false;  // `that` names it already
    scenario::Position at;
    Verdict verdict = Verdict::invalid;
    // In `unit`; infinite where the moment never came. Of several runs those of the worst. Absent: see `reason`.
    std::optional<double> measured, limit;
    std::optional<double> margin;  // how far on the right side of the limit; negative: missed by so much
    metrics::Unit unit = metrics::Unit::count;
    bool limit_is_written = true;    // false: it was taken from runs
    std::size_t runs = 0;            // whose figures were judged, those of the limit not counted
    std::optional<std::size_t> run;  // which of all runs decided: of those judged, the worst
    std::string reason;              // invalid: why, in a sentence
};

/// One judgement per expectation and variant it holds for. `variants` are those that were to be run, by name ({""} for
/// a scenario without); an expectation that needs another one is left out: see needs_other.
std::vector<Judgement> judge(const std::vector<Expectation>& expectations, const std::vector<std::string>& variants,
                             const std::vector<Run>& runs);

/// The name of a variant the expectation needs and `variants` lacks; absent where it can be judged.
std::optional<std::string> needs_other(const Expectation& expectation, const std::vector<std::string>& variants);

}  // namespace portdrought::expect
