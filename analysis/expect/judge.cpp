#include "analysis/expect/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/expect/quantity.hpp"
#include "analysis/stats/values.hpp"
#include "record/totals.hpp"

namespace portdrought::expect {
namespace {

using metrics::Absence;

constexpr double never = std::numeric_limits<double>::infinity();

/// A figure. One that never came is known to be later than the run's end, and no more.
struct Figure {
    double value = 0;
    double watched_s = 0;  // how long a moment that never came was waited for
    std::size_t run = 0;   // index among all runs; without meaning for aggregates
};

struct Figures {
    std::vector<Figure> all;
    std::string problem;  // why there are none
};

bool same(double a, double b) {
    constexpr double rounding = 1e-9;  // of converting units, far below any resolution
    if (std::isinf(a) || std::isinf(b)) return a == b;
    return std::abs(a - b) <= rounding * std::max(std::abs(a), std::abs(b));
}

Figures figures_of(const Term& term, const std::string& variant, const std::vector<Run>& runs) {
    Figures figures;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Run& run = runs[i];
        if (run.record->scenario.variant != variant) continue;
        if (auto problem = problem_of(run); !problem.empty()) return {{}, std::move(problem)};
        const auto value = metrics::value(*run.record, term.metric.name);
        if (value)
            figures.all.push_back({*value, 0, i});
        else if (term.metric.absence == Absence::never)
            figures.all.push_back({never, record::load_end_s(*run.record), i});
        else
            return {{}, fmt::format("{} has no {} ({})", run.name, term.metric.name, term.metric.meaning)};
    }
    if (figures.all.empty()) figures.problem = variant.empty() ? "it was not run" : '"' + variant + "\" was not run";
    return figures;
}

double aggregated(std::vector<double> values, Aggregate aggregate) {
    switch (aggregate) {
        case Aggregate::min: return std::ranges::min(values);
        case Aggregate::max: return std::ranges::max(values);
        case Aggregate::mean:
            return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
        case Aggregate::median:
        case Aggregate::every: break;
    }
    return stats::median(std::move(values));
}

Figure aggregated(const std::vector<Figure>& figures, Aggregate aggregate) {
    std::vector<double> values, at_least;  // what never came within the time watched came after it at the earliest
    for (const Figure& figure : figures) {
        values.push_back(figure.value);
        at_least.push_back(std::isinf(figure.value) ? figure.watched_s : figure.value);
    }
    return {aggregated(std::move(values), aggregate), aggregated(std::move(at_least), aggregate), 0};
}

struct Comparison {
    Figure measured, limit;
    double margin = 0;
    bool holds = false;
    bool known = true;  // false: a moment that never came was not waited for long enough
};

bool known(const Figure& one, const Figure& other) {
    return !std::isinf(one.value) || std::isinf(other.value) || other.value <= one.watched_s;
}

/// 0 where both are the same, both never included.
double distance(double from, double to) { return same(from, to) ? 0 : to - from; }

double room(const Expectation& expectation, double measured, double limit) {
    const Tolerance& tolerance = expectation.tolerance;
    const double allowed = tolerance.relative ? (std::isinf(limit) ? 0 : tolerance.size * limit) : tolerance.size;
    switch (expectation.op) {
        case Operator::equal: return allowed - std::abs(distance(measured, limit));
        case Operator::unequal: return std::abs(distance(measured, limit)) - allowed;
        case Operator::less:
        case Operator::at_most: return distance(measured, limit);
        case Operator::more:
        case Operator::at_least: break;
    }
    return distance(limit, measured);
}

/// Whether a margin of 0 is on the right side.
bool touching_holds(Operator op) {
    return op == Operator::equal || op == Operator::at_most || op == Operator::at_least;
}

Comparison compared(const Expectation& expectation, const Figure& measured, const Figure& limit) {
    Comparison result{measured, limit};
    result.known = known(measured, limit) && known(limit, measured);
    result.margin = room(expectation, measured.value, limit.value);
    const double rounding = std::isinf(limit.value) ? 0 : 1e-9 * std::abs(limit.value);
    if (std::abs(result.margin) <= rounding) result.margin = 0;
    result.holds = result.margin > 0 || (result.margin == 0 && touching_holds(expectation.op));
    return result;
}

Figure scaled(const Expectation& expectation, const Figure& right) {
    return {expectation.factor * right.value + expectation.plus,
            expectation.factor * right.watched_s + expectation.plus, right.run};
}

/// The one to report: what cannot be told first, then what is farthest on the wrong side.
const Comparison& worst(const std::vector<Comparison>& comparisons) {
    const auto rank = [](const Comparison& comparison) { return std::pair{comparison.known, comparison.margin}; };
    return *std::ranges::min_element(comparisons, {}, rank);
}

class Judge {
public:
    Judge(const Expectation& expectation, std::string variant, const std::vector<Run>& runs)
        : expectation_(expectation), runs_(runs) {
        judgement_.that = expectation.that;
        judgement_.at = expectation.at;
        judgement_.variant = std::move(variant);
        judgement_.names_variant = !expectation.left.variant.empty();
        judgement_.unit = expectation.left.metric.unit;
        judgement_.limit_is_written = !expectation.right;
    }

    Judgement result() && {
        const Figures left = figures_of(expectation_.left, judgement_.variant, runs_);
        if (!left.problem.empty()) return invalid(left.problem);
        judgement_.runs = left.all.size();
        Figures right;
        if (expectation_.right) {
            const std::string& other = expectation_.right->variant;
            right = figures_of(*expectation_.right, other.empty() ? judgement_.variant : other, runs_);
            if (!right.problem.empty()) return invalid(right.problem);
        }
        return conclude(left.all, right.all);
    }

private:
    Judgement conclude(const std::vector<Figure>& left, const std::vector<Figure>& right) {
        const Comparison by_run = worst(run_by_run(left, right));
        const bool each = expectation_.left.aggregate == Aggregate::every;
        const Comparison deciding = each ? by_run
                                         : compared(expectation_, aggregated(left, expectation_.left.aggregate),
                                                    limit_for(right, std::nullopt));
        judgement_.measured = deciding.measured.value;
        judgement_.limit = deciding.limit.value;
        judgement_.run = by_run.measured.run;
        if (!deciding.known) return invalid(too_short(deciding));
        judgement_.margin = deciding.margin;
        judgement_.verdict = deciding.holds ? Verdict::pass : Verdict::fail;
        return std::move(judgement_);
    }

    std::vector<Comparison> run_by_run(const std::vector<Figure>& left, const std::vector<Figure>& right) const {
        std::vector<Comparison> comparisons;
        for (std::size_t i = 0; i < left.size(); ++i)
            comparisons.push_back(compared(expectation_, left[i], limit_for(right, i)));
        return comparisons;
    }

    /// `pair`: of this run among those of the variant, where run is held against run.
    Figure limit_for(const std::vector<Figure>& right, std::optional<std::size_t> pair) const {
        if (!expectation_.right) return {expectation_.plus, 0, 0};
        if (expectation_.right->aggregate == Aggregate::every && pair) return scaled(expectation_, right[*pair]);
        return scaled(expectation_, aggregated(right, expectation_.right->aggregate));
    }

    std::string too_short(const Comparison& comparison) const {
        const Figure& open = std::isinf(comparison.measured.value) ? comparison.measured : comparison.limit;
        const double wanted =
            std::isinf(comparison.measured.value) ? comparison.limit.value : comparison.measured.value;
        return fmt::format("nothing failed, but load was offered for {} only; write load.duration = {} or more",
                           to_text(open.watched_s, judgement_.unit), to_text(wanted, judgement_.unit));
    }

    Judgement invalid(std::string reason) {
        judgement_.verdict = Verdict::invalid;
        judgement_.reason = std::move(reason);
        return std::move(judgement_);
    }

    const Expectation& expectation_;
    const std::vector<Run>& runs_;
    Judgement judgement_;
};

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string_view name(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass: return "pass";
        case Verdict::fail: return "fail";
        case Verdict::invalid: break;
    }
    return "invalid";
}

std::string problem_of(const Run& run) {
    if (run.record->interrupted) return run.name + " was interrupted";
    if (run.record->validity.valid) return "";
    const auto& notes = run.record->validity.notes;
    return run.name + " is not valid" + (notes.empty() ? "" : ": " + notes.front());
}

std::optional<std::string> needs_other(const Expectation& expectation, const std::vector<std::string>& variants) {
    std::vector<std::string> needed{expectation.variant, expectation.left.variant};
    if (expectation.right) needed.push_back(expectation.right->variant);
    for (const std::string& name : needed)
        if (!name.empty() && !has(variants, name)) return name;
    return std::nullopt;
}

std::vector<Judgement> judge(const std::vector<Expectation>& expectations, const std::vector<std::string>& variants,
                             const std::vector<Run>& runs) {
    std::vector<Judgement> judgements;
    for (const Expectation& expectation : expectations) {
        if (needs_other(expectation, variants)) continue;
        const std::string& only = expectation.left.variant.empty() ? expectation.variant : expectation.left.variant;
        for (const std::string& variant : only.empty() ? variants : std::vector<std::string>{only})
            judgements.push_back(Judge{expectation, variant, runs}.result());
    }
    return judgements;
}

}  // namespace portdrought::expect
