#include "analysis/compare/variant_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/finding.hpp"
#include "analysis/findings/mechanism.hpp"
#include "analysis/findings/refusals.hpp"
#include "analysis/laws/prediction.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::compare {
namespace {

using laws::Holding;
using record::RunRecord;

/// "132 s", or "132 s [131, 134]" where the runs differ visibly.
template <class Format>
std::string ranged(const Spread& spread, Format format) {
    const std::string median = format(spread.median), least = format(spread.least), most = format(spread.most);
    return least == most ? median : median + ' ' + text::range(least, most);
}

std::string seconds(double value) { return text::seconds(value); }
std::string figure(double value) { return text::figure(value); }
std::string bytes(double value) { return text::bytes(static_cast<std::uint64_t>(value)); }

double no_port(const VariantResult& result) {
    double most = 0;
    for (const auto& [outcome, spread] : result.failures)
        if (outcome == core::Outcome::no_port_connect || outcome == core::Outcome::no_port_bind)
            most = std::max(most, spread.most);
    return most;
}

/// How the variant is named in a sentence that speaks about its TIME-WAIT length: "240 s".
std::string length_of(const RunRecord& record) { return text::seconds(scenario::time_wait_length(record.scenario)); }

std::string exhausted(const VariantResult& result, const RunRecord& sample, const laws::Prediction& law) {
    std::string words = "runs out of ports";
    if (result.first_failure_s) words += " after " + ranged(*result.first_failure_s, seconds);
    if (result.first_failure_s && result.first_failure_s->runs < result.valid)
        words += fmt::format(" in {} of {} runs", result.first_failure_s->runs, result.valid);
    if (law.holding == Holding::never_closed) return words + ": no connection is ever closed";
    words += ": " + findings::arithmetic(sample);
    if (law.holding == Holding::bound_port && scenario::destination_count(sample.scenario.host) > 1)
        words += "; bind() before connect() makes all destinations share them";
    return words;
}

/// Of each run that counts.
bool losses_are_known(const VariantResult& result) {
    const auto covers = [&](const std::optional<Spread>& spread) { return spread && spread->runs == result.valid; };
    return covers(result.transfers_cut) && covers(result.bytes_lost);
}

std::string cost_words(const VariantResult& result) {
    if (!result.resets || result.resets->most <= 0) return "without a reset seen by the peer";
    std::string words = "at the price of " + ranged(*result.resets, figure) + " resets";
    if (result.transfers_cut && result.transfers_cut->most > 0)
        words += fmt::format(", {} lost in {} transfers", ranged(result.bytes_lost.value_or(Spread{}), bytes),
                             ranged(*result.transfers_cut, figure));
    else
        words += losses_are_known(result) ? ", no bytes lost" : "; what was lost is not known";
    return words;
}

std::string peak_words(const VariantResult& result) {
    return result.time_wait_peak ? ranged(*result.time_wait_peak, figure) : std::string{"an unknown number"};
}

std::string lasted(const VariantResult& result, const RunRecord& sample, const laws::Prediction& law) {
    if (sample.totals.cost.time_wait_overflow.value_or(0) > 0 &&
        law.pairs_wanted.value_or(0) > static_cast<double>(law.capacity))
        return "lasts only because closes skip TIME_WAIT at the limit of entries";
    if (sample.pool)
        return fmt::format("opens {} connections for {} requests and leaves {} pairs in TIME_WAIT",
                           text::thousands(sample.totals.connected),
                           text::thousands(sample.pool->reused + sample.totals.connected), peak_words(result));
    if (law.runs_out()) {
        return fmt::format("lasts for the {} of the run; by the arithmetic ({}) ports run out after {}",
                           text::seconds(sample.scenario.load.duration), findings::arithmetic(sample),
                           text::seconds(*law.exhaustion));
    }
    const std::string limit = "it lasts to " + findings::lasting(sample, law);
    switch (law.holding) {
        case Holding::time_wait:
        case Holding::bound_port: return length_of(sample) + " is enough at this rate: " + limit;
        case Holding::reuse_delay:
            return fmt::format("keeps {} pairs in TIME_WAIT, but connect() takes them back after {}: {}",
                               peak_words(result), text::seconds(law.after_close), limit);
        case Holding::bound_reuse:
            return fmt::format("keeps {} pairs in TIME_WAIT, but SO_REUSEADDR takes them back at once",
                               peak_words(result));
        case Holding::server_side:
            return fmt::format(
                "leaves TIME_WAIT (peak {}) on the server's side, where it takes no port from the client",
                peak_words(result));
        case Holding::by_reset:
            return fmt::format("{}, {}",
                               result.time_wait_peak && result.time_wait_peak->most > 0
                                   ? "leaves up to " + figure(result.time_wait_peak->most) + " pairs in TIME_WAIT"
                                   : std::string{"leaves no TIME_WAIT"},
                               cost_words(result));
        case Holding::fin_wait_2: return "keeps pairs in FIN_WAIT_2 because the peer never closes: " + limit;
        case Holding::never_closed: return "never closes a connection; the ports were enough for this run";
    }
    return limit;
}

std::string share(double value) { return text::percent(value); }

/// What the ok share was against the first variant's; says so where the ranges overlap.
std::string against_first(const VariantResult& result, const VariantResult& first) {
    if (!result.ok_share || !first.ok_share) return {};
    const Spread &a = *result.ok_share, &b = *first.ok_share;
    const std::string name = first.variant.empty() ? "the first" : "\"" + first.variant + "\"";
    const std::string values = fmt::format("ok {} against {}", ranged(a, share), ranged(b, share));
    if (ranged(a, share) == ranged(b, share)) return fmt::format("as {}: ok {}", name, ranged(a, share));
    if (a.least <= b.most && b.least <= a.most) return fmt::format("{} with {}, the ranges overlap", values, name);
    return fmt::format("{} with {}", values, name);
}

/// Failures without those that admission control wanted.
bool is_cut_off_by_others(const VariantResult& result) {
    return std::ranges::any_of(result.failures, [](const auto& failure) {
        return failure.first != core::Outcome::refused_locally && failure.second.most > 0;
    });
}

std::string other_failures(const VariantResult& result, const RunRecord& sample) {
    std::string words;
    for (const auto& [outcome, spread] : result.failures) {
        if (spread.most <= 0) continue;
        words +=
            fmt::format("{}{} {}", words.empty() ? "" : ", ", findings::outcome_label(outcome), ranged(spread, figure));
    }
    if (sample.nat && sample.nat->dropped > 0)
        return "finds a port of the host's each time, but the NAT drops SYNs for want of one (" + words + ")";
    return "finds a port each time, but attempts failed otherwise (" + words + ")";
}

/// What admission control refused before the ports lasted; empty where it refused nothing.
std::string held_back(const VariantResult& result, const RunRecord& sample) {
    for (const auto& [outcome, spread] : result.failures)
        if (outcome == core::Outcome::refused_locally && spread.most > 0)
            return fmt::format("lets {}/s through and refuses {} attempts locally; ",
                               figure(sample.scenario.load.admission.value_or(core::Rate{}).per_second),
                               ranged(spread, figure));
    return {};
}

}  // namespace

std::string words_for(const Group& group, const VariantResult& result, const Group& first,
                      const VariantResult& first_result) {
    if (group.counted.empty()) return "no run that counts.";
    const RunRecord& sample = *group.counted.front();
    const laws::Prediction law = laws::predict(sample.scenario);
    std::string words;
    if (no_port(result) > 0)
        words = exhausted(result, sample, law);
    else if (is_cut_off_by_others(result))
        words = other_failures(result, sample);
    else
        words = held_back(result, sample) + lasted(result, sample, law);
    if (&group != &first)
        if (const std::string against = against_first(result, first_result); !against.empty()) words += "; " + against;
    const std::string idle = findings::idle_settings(sample.scenario);
    return words + "." + (idle.empty() ? "" : " " + idle);
}

}  // namespace portdrought::compare
