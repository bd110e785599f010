#include "analysis/compare/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analysis/compare/variant_words.hpp"
#include "analysis/findings/finding.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/metrics/metric.hpp"
#include "analysis/stats/values.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::compare {
namespace {

using core::Outcome;
using record::RunRecord;
using Records = std::vector<const RunRecord*>;

bool counts(const RunRecord& record) { return record.validity.valid && !record.interrupted; }

bool has_several_scenarios(const Records& records) {
    const auto differs = [&](const RunRecord* record) { return record->scenario.name != records[0]->scenario.name; };
    return std::ranges::any_of(records, differs);
}

/// The variant; with the scenario before it where several scenarios are compared.
std::string label_of(const RunRecord& record, bool several_scenarios) {
    return several_scenarios ? scenario::full_name(record.scenario) : record.scenario.variant;
}

/// Over every counted run that has the figure.
std::optional<Spread> over(const Group& group, std::string_view metric) {
    std::vector<double> values;
    for (const RunRecord* record : group.counted)
        if (const auto value = metrics::value(*record, metric)) values.push_back(*value);
    return spread_of(std::move(values));
}

std::vector<Outcome> failures_of(const std::vector<Group>& groups) {
    std::vector<Outcome> result;
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        const auto had = [outcome](const RunRecord* record) { return record->totals.outcomes[outcome] > 0; };
        const auto any = [&](const Group& group) { return std::ranges::any_of(group.counted, had); };
        if (outcome != Outcome::ok && std::ranges::any_of(groups, any)) result.push_back(outcome);
    }
    return result;
}

VariantResult result_of(const Group& group, const std::vector<Outcome>& failures) {
    VariantResult result;
    result.variant = group.variant;
    result.runs = group.all.size();
    result.valid = group.counted.size();
    result.interrupted = static_cast<std::size_t>(
        std::ranges::count_if(group.all, [](const RunRecord* record) { return record->interrupted; }));
    result.ok_share = over(group, "ok_share");
    for (const Outcome outcome : failures)
        if (const auto spread = over(group, fmt::format("outcomes.{}", core::name(outcome))))
            result.failures.emplace_back(outcome, *spread);
    result.time_wait_peak = over(group, "time_wait.peak");
    result.time_wait_peak_client = over(group, "time_wait.peak_client");
    result.ports_capacity = over(group, "ports.capacity");
    result.ports_min_free = over(group, "ports.min_free");
    result.first_failure_s = over(group, "time_to_first_failure_s");
    result.achieved_per_s = over(group, "achieved_rate_per_s");
    result.connect_p50_us = over(group, "connect_us.p50");
    result.connect_p99_us = over(group, "connect_us.p99");
    result.resets = over(group, "cost.resets_seen_by_peer");
    result.bytes_lost = over(group, "cost.bytes_lost");
    result.transfers_cut = over(group, "cost.transfers_cut");
    result.time_wait_skipped = over(group, "cost.time_wait_overflow");
    result.ports_reused_early = over(group, "cost.ports_reused_early");
    result.connect_stalls = over(group, "cost.connect_stalls");
    result.cpu_us_per_connection = over(group, "cost.cpu_us_per_connection");
    if (!group.counted.empty()) result.safety = findings::safety(group.counted);
    return result;
}

void add_notes(Comparison& comparison) {
    for (const VariantResult& variant : comparison.variants) {
        if (variant.valid == variant.runs) continue;
        const std::string name = variant.variant.empty() ? "The scenario" : "\"" + variant.variant + "\"";
        std::string note = fmt::format("{}: {} of {} left out of all figures", name, variant.runs - variant.valid,
                                       text::counted(variant.runs, "run"));
        const std::size_t not_valid =
            variant.runs - variant.valid - std::min(variant.interrupted, variant.runs - variant.valid);
        if (not_valid > 0) note += fmt::format(", {} not valid (portdrought report shows why)", not_valid);
        if (variant.interrupted > 0) note += fmt::format(", {} interrupted", variant.interrupted);
        comparison.notes.push_back(note + ".");
    }
}

void add_trust(Comparison& comparison, const Records& records) {
    if (std::string note = findings::unverified_note(findings::unverified(records)); !note.empty())
        comparison.notes.push_back(std::move(note));
}

}  // namespace

std::vector<Group> groups_of(const Records& records) {
    const bool several_scenarios = has_several_scenarios(records);
    std::vector<Group> groups;
    for (const RunRecord* record : records) {
        const std::string label = label_of(*record, several_scenarios);
        auto group = std::ranges::find(groups, label, &Group::variant);
        if (group == groups.end()) group = groups.insert(groups.end(), Group{label, {}, {}});
        group->all.push_back(record);
        if (counts(*record)) group->counted.push_back(record);
    }
    return groups;
}

std::optional<Spread> spread_of(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    const auto [least, most] = std::ranges::minmax(values);
    const std::size_t runs = values.size();
    return Spread{stats::median(std::move(values)), least, most, runs};
}

Comparison compare(const std::vector<RunRecord>& records) {
    Records all;
    for (const RunRecord& record : records) all.push_back(&record);
    return compare(all);
}

Comparison compare(const Records& records) {
    Comparison comparison;
    if (records.empty()) return comparison;
    comparison.scenario = has_several_scenarios(records) ? "several scenarios" : records.front()->scenario.name;
    if (!has_several_scenarios(records)) comparison.title = records.front()->scenario.title;
    comparison.engine = findings::engines_text(records);
    const std::vector<Group> groups = groups_of(records);
    const std::vector<Outcome> failures = failures_of(groups);
    for (const Group& group : groups) {
        VariantResult result = result_of(group, failures);
        comparison.repeats = std::max(comparison.repeats, result.runs);
        comparison.runs += result.runs;
        comparison.valid += result.valid;
        comparison.variants.push_back(std::move(result));
    }
    std::vector<std::vector<Judgement>> judgements = judge(groups);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        comparison.variants[i].judgements = std::move(judgements[i]);
        comparison.variants[i].words = words_for(groups[i], comparison.variants[i], groups[0], comparison.variants[0]);
    }
    add_notes(comparison);
    add_trust(comparison, records);
    return comparison;
}

}  // namespace portdrought::compare
