// How far a modelled run agrees with the kernel's run of the same scenario: figure by figure, each with how far apart
// the two may lie. What one of them cannot know is listed apart, with the reason. Pure; only from records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/metrics/metric.hpp"
#include "record/run_record.hpp"

namespace portdrought::agreement {

/// How far the two may lie apart.
struct Limits {
    double counts = 0.01;         // of the attempts: outcomes, connections, resets, reuse, the pool's doings
    double first_failure = 0.01;  // of its time
    double pairs = 0.01;          // of the capacity: the curve of TIME_WAIT, and its peak where chance has a part in it
};

/// One figure with both engines.
struct Figure {
    std::string what;  // a metric's name (docs/metrics.md), or "curve: …" for the course of one
    metrics::Unit unit = metrics::Unit::count;
    double kernel = 0;  // infinite: a moment that never came
    // Over all runs of the model, which differ where chance has a part; the kernel's may lie anywhere between. Of a
    // curve: at the time below.
    double model_low = 0, model_high = 0;
    double difference = 0;        // beyond the model's, without sign; infinite where only one of the two ever came
    std::optional<double> limit;  // absent: shown, not judged
    bool within = true;
    std::optional<double> at_s;  // of a curve: when they lie farthest apart, scenario time
};

struct Uncompared {
    std::string what;
    std::string reason;
};

enum class Verdict : std::uint8_t {
    agrees,
    differs,       // a figure lies beyond its limit
    not_measured,  // the kernel's run is not valid, or was interrupted
    not_modelled   // the model cannot express the scenario
};

/// "agrees", "differs", "not measured", "not modelled"
std::string_view name(Verdict verdict);

struct Agreement {
    Verdict verdict = Verdict::agrees;
    std::string reason;           // not measured, not modelled: why
    std::vector<Figure> figures;  // none where nothing could be judged
    std::vector<Uncompared> not_compared;
    std::size_t chances = 1;        // runs of the model
    bool is_deterministic = false;  // peaks have to be the same
    double time_shift_s = 0;        // by which a sample of a curve may be off, scenario time
};

/// Why nothing can be said about a kernel's run whatever the model plays: it measured nothing, a machine decided its
/// load, or its trace, which a record only names, is not at hand (Load::trace_rows). Absent: play on_model().
std::optional<Agreement> unusable(const record::RunRecord& kernel);

/// The same scenario on both engines. `models` are the runs of on_model(), or at least the first of them; nothing is
/// judged where one of them is not valid or was interrupted.
Agreement compare(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                  const Limits& limits = {});

/// What the model is to play in order to be compared with a kernel's run: the same, with that kernel's search for a
/// port and samples close enough together that straight lines between them are true. Where chance has a part nobody can
/// play the kernel's own, whose key for choosing ports is secret: then several times, with other seeds. The first has
/// the kernel's seed. Only of a run that is not unusable().
std::vector<scenario::Scenario> on_model(const record::RunRecord& kernel);

/// Why nothing can be said about a scenario that is not to be modelled at all.
Agreement not_modelled(std::string reason);

}  // namespace portdrought::agreement
