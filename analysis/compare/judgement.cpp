#include "analysis/compare/judgement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "analysis/metrics/metric.hpp"
#include "analysis/stats/mann_whitney.hpp"
#include "analysis/stats/multiple.hpp"
#include "analysis/stats/shift.hpp"
#include "analysis/stats/signed_rank.hpp"

namespace portdrought::compare {
namespace {

using record::RunRecord;
using Values = std::vector<double>;

// Vargha and Delaney's medium effect: 0.64 or 0.36.
constexpr double least_effect = 0.14;
// An exact interval for pairs needs as many.
constexpr std::size_t least_pairs = 6;

/// The figures of both sides; with pairs, in the same order.
struct Sides {
    Values first, variant;
    bool paired = false;

    std::size_t least() const { return std::min(first.size(), variant.size()); }
    bool is_constant() const {
        const auto same = [this](double value) { return value == first.front(); };
        return std::ranges::all_of(first, same) && std::ranges::all_of(variant, same);
    }
    Values differences() const {
        Values result;
        for (std::size_t i = 0; i < first.size(); ++i) result.push_back(variant[i] - first[i]);
        return result;
    }
};

using Key = std::pair<std::uint64_t, std::uint32_t>;

/// By seed and repetition; empty where the engine is not decided by its seed or a run has no partner of its own.
std::map<Key, const RunRecord*> by_seed(const Group& group) {
    std::map<Key, const RunRecord*> runs;
    for (const RunRecord* run : group.counted)
        if (run->engine != "model" || !runs.emplace(Key{run->scenario.lab.seed, run->repetition}, run).second)
            return {};
    return runs;
}

std::optional<Sides> pairs_of(const Group& first, const Group& variant, const Criterion& criterion) {
    const auto left = by_seed(first), right = by_seed(variant);
    const auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (left.empty() || !std::ranges::equal(left, right, same_key)) return std::nullopt;
    Sides sides{{}, {}, true};
    for (const auto& [key, run] : left) {
        const auto a = metrics::value(*run, criterion.metric), b = metrics::value(*right.at(key), criterion.metric);
        if (!a || !b) continue;
        sides.first.push_back(*a);
        sides.variant.push_back(*b);
    }
    return sides;
}

Values values_of(const Group& group, const Criterion& criterion) {
    Values values;
    for (const RunRecord* run : group.counted)
        if (const auto value = metrics::value(*run, criterion.metric)) values.push_back(*value);
    return values;
}

Sides sides_of(const Group& first, const Group& variant, const Criterion& criterion) {
    if (auto pairs = pairs_of(first, variant, criterion)) return *std::move(pairs);
    return {values_of(first, criterion), values_of(variant, criterion), false};
}

void measure(Judgement& judgement, const Sides& sides) {
    judgement.first_runs = sides.first.size();
    judgement.runs = sides.variant.size();
    judgement.paired = sides.paired;
    const Values differences = sides.paired ? sides.differences() : Values{};
    const stats::RankTest test =
        sides.paired ? stats::signed_rank(differences) : stats::mann_whitney(sides.first, sides.variant);
    const stats::Shift shift =
        sides.paired ? stats::paired_shift(differences) : stats::shift(sides.first, sides.variant);
    judgement.p = test.p;
    judgement.exact = test.exact;
    judgement.shift = shift.estimate;
    judgement.interval = shift.interval;
    judgement.a12 = sides.paired ? stats::paired_a12(differences) : stats::a12(sides.first, sides.variant);
}

/// What a difference is set against to compare it with `negligible` and `tolerable`.
double unit_of(const Criterion& criterion, const Sides& sides) {
    return criterion.scale == Scale::points ? 1 : std::abs(stats::median(sides.first));
}

double in_units(double difference, double unit) {
    if (difference == 0) return 0;
    return unit == 0 ? std::numeric_limits<double>::infinity() : std::abs(difference) / unit;
}

/// The fewest repeats at which the clearest difference passes a table of that many tests.
std::size_t fewest_repeats(std::size_t tests, bool paired) {
    std::size_t n = paired ? least_pairs : least_repeats;
    const auto least = [paired](std::size_t runs) {
        return paired ? stats::least_paired_p(runs) : stats::least_p(runs, runs);
    };
    while (n < most_repeats && static_cast<double>(tests) * least(n) >= alpha) ++n;
    return n;
}

/// Repeats after which an interval that narrows with their square root would exclude 0 or end below `tolerable`.
std::size_t estimated_repeats(const Judgement& judgement, double unit) {
    if (!judgement.interval) return 0;
    const auto& [criterion, interval] = std::pair{judgement.criterion, *judgement.interval};
    const double half = in_units((interval.upper - interval.lower) / 2, unit), size = in_units(judgement.shift, unit);
    const double room = std::max(size, criterion->tolerable - size);
    const double factor = room > 0 ? half / room : std::numeric_limits<double>::infinity();
    const double wanted =
        std::ceil(static_cast<double>(std::min(judgement.first_runs, judgement.runs)) * factor * factor);
    return wanted <= most_repeats ? static_cast<std::size_t>(wanted) : most_repeats + 1;
}

bool excludes_zero(const Judgement& judgement) {
    return judgement.interval && (judgement.interval->lower > 0 || judgement.interval->upper < 0);
}

Decision decide(const Judgement& judgement, const Sides& sides) {
    const Criterion& criterion = *judgement.criterion;
    if (sides.least() < least_repeats) return Decision::cannot_tell;
    if (sides.is_constant()) return Decision::no_difference;
    if (!judgement.interval) return Decision::cannot_tell;
    if (judgement.bound <= criterion.negligible) return Decision::no_difference;
    const bool is_clear =
        judgement.p_holm < alpha && excludes_zero(judgement) && std::abs(judgement.a12 - 0.5) >= least_effect;
    if (is_clear) return (judgement.shift > 0) == criterion.higher_is_better ? Decision::better : Decision::worse;
    return judgement.bound <= criterion.tolerable ? Decision::no_difference : Decision::cannot_tell;
}

void conclude(Judgement& judgement, const Sides& sides, std::size_t tests) {
    const double unit = unit_of(*judgement.criterion, sides);
    if (judgement.interval)
        judgement.bound =
            in_units(std::max(std::abs(judgement.interval->lower), std::abs(judgement.interval->upper)), unit);
    judgement.decision = decide(judgement, sides);
    if (judgement.decision != Decision::cannot_tell) return;
    const std::size_t fewest = fewest_repeats(tests, sides.paired);
    if (sides.least() < fewest) {
        judgement.repeats_needed = fewest;
        return;
    }
    const std::size_t wanted = std::max(estimated_repeats(judgement, unit), sides.least() + 1);
    judgement.repeats_needed = wanted > most_repeats ? 0 : wanted;
}

/// One test of the table, before the adjustment for the others.
struct Case {
    std::size_t group;
    Judgement judgement;
    Sides sides;
};

std::vector<Case> cases_of(const std::vector<Group>& groups) {
    std::vector<Case> cases;
    for (std::size_t group = 1; group < groups.size(); ++group)
        for (const Criterion& criterion : criteria()) {
            Case item{group, {}, sides_of(groups.front(), groups[group], criterion)};
            if (item.sides.least() == 0) continue;
            item.judgement.criterion = &criterion;
            measure(item.judgement, item.sides);
            cases.push_back(std::move(item));
        }
    return cases;
}

/// Where all runs of both sides agree there is nothing to test, whichever run belongs to which: not part of the family.
std::size_t adjust(std::vector<Case>& cases) {
    std::vector<Judgement*> tested;
    for (Case& item : cases)
        if (!item.sides.is_constant()) tested.push_back(&item.judgement);
    std::vector<double> p;
    for (const Judgement* judgement : tested) p.push_back(judgement->p);
    const std::vector<double> adjusted = stats::holm(p);
    for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->p_holm = adjusted[i];
    return tested.size();
}

}  // namespace

const char* name(Decision decision) {
    switch (decision) {
        case Decision::better: return "better";
        case Decision::worse: return "worse";
        case Decision::no_difference: return "no difference";
        case Decision::cannot_tell: return "cannot tell";
    }
    return "cannot tell";
}

const std::vector<Criterion>& criteria() {
    // Latencies are known to 1.6 % (core/histogram.hpp), so 2 % is nothing.
    static const std::vector<Criterion> all{
        {"ok_share", "ok", Scale::points, true, 0.001, 0.01},
        {"connect_us.p99", "connect p99", Scale::microseconds, false, 0.02, 0.1},
        {"cost.cpu_us_per_connection", "CPU/conn", Scale::microseconds, false, 0.02, 0.1},
        {"cost.resets_seen_by_peer", "resets", Scale::count, false, 0.02, 0.1},
        {"cost.bytes_lost", "bytes lost", Scale::bytes, false, 0.02, 0.1}};
    return all;
}

std::vector<std::vector<Judgement>> judge(const std::vector<Group>& groups) {
    std::vector<std::vector<Judgement>> result(groups.size());
    std::vector<Case> cases = cases_of(groups);
    const std::size_t tests = adjust(cases);
    for (Case& item : cases) {
        conclude(item.judgement, item.sides, tests);
        result[item.group].push_back(item.judgement);
    }
    return result;
}

}  // namespace portdrought::compare
