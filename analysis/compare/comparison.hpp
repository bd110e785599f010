// Runs of the same scenario beside each other, by variant: median and range of each figure over the repeats, verdicts
// against the first variant (judgement.hpp), what each gives up, and a line in words. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/compare/judgement.hpp"
#include "analysis/findings/safety.hpp"
#include "core/outcome.hpp"
#include "record/run_record.hpp"

namespace portdrought::compare {

/// Over the valid runs that have the figure.
struct Spread {
    double median = 0, least = 0, most = 0;
    std::size_t runs = 0;
};

struct VariantResult {
    std::string variant;
    std::size_t runs = 0, valid = 0, interrupted = 0;
    std::optional<Spread> ok_share;  // 0..1
    std::vector<std::pair<core::Outcome, Spread>>
        failures;  // every outcome but ok that any valid run of any variant had
    std::optional<Spread> time_wait_peak, time_wait_peak_client, ports_capacity, ports_min_free;
    std::optional<Spread> first_failure_s;  // over the runs that had one; its `runs` says how many
    std::optional<Spread> achieved_per_s;
    std::optional<Spread> connect_p50_us, connect_p99_us;
    std::optional<Spread> resets, bytes_lost, transfers_cut;
    std::optional<Spread> time_wait_skipped, ports_reused_early, connect_stalls;
    std::optional<Spread> cpu_us_per_connection;
    std::vector<Judgement> judgements;       // against the first variant; empty for it
    std::optional<findings::Safety> safety;  // absent without a run that counts
    std::string words;                       // what it did, and how that differs from the first variant
};

struct Comparison {
    std::string scenario, title, engine;  // engine: "kernel engine, compressed x60"
    std::size_t repeats = 0;              // of the variant with most
    std::size_t runs = 0, valid = 0;
    std::vector<VariantResult> variants;  // in order of first appearance
    std::vector<std::string> notes;       // what was left out, and why
};

/// Runs that are not valid, or were interrupted, are counted but give no figures. None is null.
Comparison compare(const std::vector<const record::RunRecord*>& records);
Comparison compare(const std::vector<record::RunRecord>& records);

/// By variant, in order of first appearance, as a comparison takes them; with the scenario in the name where there are
/// several.
std::vector<Group> groups_of(const std::vector<const record::RunRecord*>& records);

/// The median of an even count is the mean of the middle two. Absent for no values.
std::optional<Spread> spread_of(std::vector<double> values);

}  // namespace portdrought::compare
