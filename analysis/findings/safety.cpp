#include "analysis/findings/safety.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analysis/findings/mechanism.hpp"
#include "analysis/laws/prediction.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::findings {
namespace {

using laws::Holding;
using record::RunRecord;
using Runs = std::vector<const RunRecord*>;

constexpr std::chrono::seconds twice_msl{240};  // MSL is 2 minutes (RFC 9293 3.4.2), TIME-WAIT 2 MSL (3.6.1)

/// Measured, over all runs.
struct Sums {
    std::uint64_t connected = 0, resets = 0, cut = 0, bytes_lost = 0, skipped = 0;
    std::uint64_t attempts = 0, ended_by_reset = 0;  // attempts whose own side read a reset
    bool losses_known = true;                        // every run has counted what was lost
    record::Duplicates duplicates;
};

Sums sums_of(const Runs& runs) {
    Sums sums;
    for (const RunRecord* run : runs) {
        const record::Cost& cost = run->totals.cost;
        sums.connected += run->totals.connected;
        sums.attempts += run->totals.attempts;
        sums.ended_by_reset += run->totals.outcomes[core::Outcome::reset];
        sums.resets += cost.resets_seen_by_peer;
        sums.losses_known = sums.losses_known && losses_are_known(cost);
        sums.cut += cost.transfers_cut.value_or(0);
        sums.bytes_lost += cost.bytes_lost.value_or(0);
        sums.skipped += cost.time_wait_overflow.value_or(0);
        if (!run->duplicates) continue;
        sums.duplicates.trials += run->duplicates->trials;
        sums.duplicates.pair_refused += run->duplicates->pair_refused;
        sums.duplicates.dropped_paws += run->duplicates->dropped_paws;
        sums.duplicates.accepted += run->duplicates->accepted + run->duplicates->stale_accepted;
        sums.duplicates.killed += run->duplicates->killed + run->duplicates->stale_killed;
        sums.duplicates.time_wait_killed += run->duplicates->time_wait_killed;
        sums.duplicates.time_wait_kept += run->duplicates->time_wait_kept;
    }
    return sums;
}

std::string of_trials(std::uint64_t count, const record::Duplicates& found) {
    return fmt::format("{} of {}", text::thousands(std::min(count, found.trials)),
                       text::counted(found.trials, "trial"));
}

/// Old data or a stale segment did something; `found` says so.
Safety old_data(const record::Duplicates& found) {
    if (found.accepted > 0)
        return {SafetyKind::loses_data, "corrupts data: old data was accepted in " + of_trials(found.accepted, found)};
    if (found.killed > 0)
        return {SafetyKind::unprotected,
                "lets old segments in: they ended the new connection in " + of_trials(found.killed, found)};
    const std::uint64_t sent = found.time_wait_killed + found.time_wait_kept;
    return {SafetyKind::unprotected,
            fmt::format("a stale segment ended TIME_WAIT in {} of {}", text::thousands(found.time_wait_killed),
                        text::counted(sent, "trial"))};
}

Safety lost_data(const Sums& sums) {
    return {SafetyKind::loses_data,
            fmt::format("loses data: {} of {} transfers cut, {}", text::thousands(sums.cut),
                        text::thousands(std::max(sums.connected, sums.cut)), text::bytes(sums.bytes_lost))};
}

Safety skipped_time_wait(std::uint64_t closes) {
    return {SafetyKind::unprotected,
            fmt::format("throws protection away: {} skipped TIME_WAIT", text::counted(closes, "close"))};
}

Safety only_if(const std::string& condition) { return {SafetyKind::conditional, "safe if " + condition}; }

Safety by_length(core::Duration kept) {
    if (kept >= twice_msl) return {SafetyKind::safe, "safe"};
    return only_if("no segment lives longer than " + text::seconds(kept));
}

Safety ended_by_reset(const Sums& sums) {
    const std::string lost = sums.losses_known ? ", nothing lost in this load" : ", what was lost is not known";
    const std::string found = sums.ended_by_reset == 0
                                  ? lost
                                  : fmt::format(", and {} of {} ended in a reset", text::thousands(sums.ended_by_reset),
                                                text::counted(sums.attempts, "attempt"));
    return {SafetyKind::unprotected,
            fmt::format("throws protection away: {} by RST", text::counted(sums.resets, "close")) + found};
}

/// connect() takes a pair that bind() has chosen over from TIME_WAIT at once, whatever tw_reuse says, as long as
/// timestamps were used (inet_hashtables.c, __inet_check_established with twp == NULL).
bool takes_bound_pairs_over(const scenario::Host& host) {
    const bool chooses = host.port_choice == scenario::PortChoice::bound ||
                         (host.bind_before_connect && !host.bind_address_no_port && host.autobind_reuse);
    return host.reuse_address && host.timestamps && chooses;
}

/// What the settings imply where nothing was measured that says more.
Safety from_settings(const RunRecord& run) {
    const scenario::Scenario& scenario = run.scenario;
    const laws::Prediction law = laws::predict(scenario);
    const core::Duration length = scenario::time_wait_length(scenario);
    switch (law.holding) {
        case Holding::by_reset:
            return {SafetyKind::unprotected, "throws protection away: close() by RST leaves no TIME_WAIT"};
        case Holding::reuse_delay:
            return only_if("both ends use timestamps and no NAT or firewall on the way still holds the old connection");
        case Holding::bound_reuse:
            return only_if("both ends use timestamps: a port is used again at once, and only they keep old data out");
        case Holding::server_side: {
            const std::uint64_t peak = run.totals.time_wait_peak_server.value_or(0);
            const std::string entries = peak == 0 ? "its TIME_WAIT entries" : text::thousands(peak) + " entries";
            return only_if(fmt::format("the server has memory for {} and middleboxes let a fresh SYN pass", entries));
        }
        case Holding::never_closed: return {SafetyKind::safe, "safe: no pair is used twice"};
        case Holding::fin_wait_2: return only_if("the peer's FIN comes within " + text::seconds(law.after_close));
        case Holding::time_wait:
        case Holding::bound_port: break;
    }
    if (takes_bound_pairs_over(scenario.host))
        return only_if("both ends use timestamps: a bound pair is taken over from TIME_WAIT at once");
    return by_length(length);
}

/// Without what trials showed.
Safety from_load(const Runs& runs, const Sums& sums) {
    if (sums.skipped > 0) return skipped_time_wait(sums.skipped);
    if (sums.resets > 0) return ended_by_reset(sums);
    return from_settings(*runs.front());
}

/// Trials prove nothing about what they did not try: a verdict keeps its kind and conditions, and gains one where
/// timestamps did the work.
Safety kept_out(Safety verdict, const record::Duplicates& found) {
    const bool refused = found.pair_refused == found.trials, by_timestamps = found.dropped_paws > 0;
    if (by_timestamps && verdict.kind == SafetyKind::safe) verdict = only_if("both ends use timestamps");
    verdict.words += fmt::format("; {} in {}{}", refused ? "the pair was refused" : "old data kept out",
                                 of_trials(found.trials, found), by_timestamps ? ", by timestamps" : "");
    return verdict;
}

Safety worse(Safety one, Safety other) {
    if (one.kind != other.kind) return one.kind > other.kind ? one : other;
    return {one.kind, one.words + "; " + other.words};
}

}  // namespace

Safety safety(const Runs& runs) {
    const Sums sums = sums_of(runs);
    if (sums.cut > 0 || sums.bytes_lost > 0) return lost_data(sums);
    if (sums.duplicates.accepted + sums.duplicates.killed > 0) return old_data(sums.duplicates);
    Safety verdict = from_load(runs, sums);
    if (sums.duplicates.time_wait_killed > 0) return worse(std::move(verdict), old_data(sums.duplicates));
    if (sums.duplicates.trials == 0) return verdict;
    return kept_out(std::move(verdict), sums.duplicates);
}

Safety safety(const RunRecord& run) { return safety(Runs{&run}); }

}  // namespace portdrought::findings
