#include "record/totals.hpp"

#include <algorithm>
#include <cmath>

#include "scenario/holding.hpp"

namespace portdrought::record {
namespace {

using Count = std::optional<std::uint64_t>;

void raise(Count& highest, const Count& value) {
    if (value) highest = std::max(highest.value_or(0), *value);
}

void derive_held_peaks(RunRecord& record) {
    Totals& totals = record.totals;
    for (const Sample& sample : record.samples) {
        raise(totals.time_wait_peak_client, sample.time_wait_client);
        raise(totals.time_wait_peak_server, sample.time_wait_server);
        raise(totals.fin_wait_2_peak, sample.fin_wait_2);
    }
    for (const Census& census : record.censuses) {
        raise(totals.time_wait_peak_client, census.time_wait_client);
        raise(totals.time_wait_peak_server, census.time_wait_server);
        raise(totals.fin_wait_2_peak, census.fin_wait_2);
        raise(totals.time_wait_peak, census.time_wait_client + census.time_wait_server);
    }
}

/// sockstat is read more often than a census is taken, but it counts orphaned FIN_WAIT_2 too: it gives the peak only
/// where none piled up.
void derive_peak(RunRecord& record) {
    Totals& totals = record.totals;
    for (const Sample& sample : record.samples) {
        if (sample.time_wait_client && sample.time_wait_server)
            raise(totals.time_wait_peak, *sample.time_wait_client + *sample.time_wait_server);
        if (totals.fin_wait_2_peak.value_or(0) <= fin_wait_2_in_passing) raise(totals.time_wait_peak, sample.time_wait);
    }
    // Where every census saw entries on one side only, the finer peak is that side's too.
    if (totals.time_wait_peak_client.value_or(0) > 0 && totals.time_wait_peak_server == 0)
        raise(totals.time_wait_peak_client, totals.time_wait_peak);
    if (totals.time_wait_peak_server.value_or(0) > 0 && totals.time_wait_peak_client == 0)
        raise(totals.time_wait_peak_server, totals.time_wait_peak);
}

void derive_ports(RunRecord& record) {
    Totals& totals = record.totals;
    if (totals.ports_capacity == 0) totals.ports_capacity = scenario::port_capacity(record.scenario);
    if (totals.outcomes.no_port() > 0) totals.ports_min_free = 0;
    for (const Sample& sample : record.samples)
        if (sample.ports_free)
            totals.ports_min_free = std::min(totals.ports_min_free.value_or(*sample.ports_free), *sample.ports_free);
}

void derive_first_failure(RunRecord& record) {
    Totals& totals = record.totals;
    if (totals.time_to_first_failure_s || totals.outcomes.no_port() == 0) return;
    for (const Sample& sample : record.samples)
        if (sample.outcomes.no_port() > 0) {
            totals.time_to_first_failure_s = sample.t_s;
            return;
        }
}

/// Of the pool that refused more: the NAT's, which drops a SYN, or the host's own.
core::Duration stays_taken_for(const RunRecord& record) {
    const scenario::Scenario& scenario = record.scenario;
    const scenario::Holding holding = scenario::holding_of(scenario);
    const bool nat_was_full =
        record.nat && record.nat->dropped > 0 && record.nat->dropped >= record.totals.outcomes.no_port();
    const core::Duration residence =
        scenario::time_open(scenario) +
        (nat_was_full ? scenario::nat_holds_for(scenario.nat, holding) : scenario::host_holds_for(scenario, holding));
    // Where nothing comes back, or nothing stays, any length is as good as another.
    const bool has_period = residence > core::Duration{0} && residence < scenario::endless;
    return has_period ? residence : scenario::time_wait_length(scenario);
}

/// Overload at constant residence is a square wave of that period, so only whole periods give a fair mean.
void derive_sustained_rate(RunRecord& record) {
    Totals& totals = record.totals;
    totals.sustained_rate_per_s.reset();
    if (!totals.time_to_first_failure_s || record.samples.empty()) return;
    const double period = core::seconds(stays_taken_for(record));
    const double end = std::min(load_end_s(record), record.samples.back().t_s);
    const double periods = std::floor((end - *totals.time_to_first_failure_s) / period + 1e-9);
    if (period <= 0 || periods < 1) return;
    const double length = periods * period;
    totals.sustained_rate_per_s = (ok_until(record, end) - ok_until(record, end - length)) / length;
}

}  // namespace

double load_end_s(const RunRecord& record) {
    const double planned = core::seconds(record.scenario.load.duration);
    double before = 0, all_offered = 0;  // the last attempt was offered between these two samples
    for (const Sample& sample : record.samples) {
        before = all_offered;
        all_offered = sample.t_s;
        if (sample.attempts >= record.totals.attempts) break;
    }
    if (record.interrupted && !record.samples.empty()) return std::min(planned, all_offered);
    // A sample that comes a little late does not mean that the load did.
    return before < planned || all_offered < planned * 1.01 ? planned : all_offered;
}

std::uint64_t relay_without_port(const Totals& totals) {
    std::uint64_t count = 0;
    for (const auto& [error, calls] : totals.relay_errors)
        if (error.ends_with("/EADDRNOTAVAIL") || error == "bind/EADDRINUSE") count += calls;
    return count;
}

double ok_until(const RunRecord& record, double t_s) {
    double from_t = 0, from_ok = 0;
    for (const Sample& sample : record.samples) {
        const auto ok = static_cast<double>(sample.outcomes[core::Outcome::ok]);
        if (sample.t_s >= t_s) {
            const double share = sample.t_s > from_t ? (t_s - from_t) / (sample.t_s - from_t) : 1;
            return from_ok + (ok - from_ok) * std::max(share, 0.0);
        }
        from_t = sample.t_s;
        from_ok = ok;
    }
    return from_ok;
}

void derive_totals(RunRecord& record) {
    derive_held_peaks(record);
    derive_peak(record);
    derive_ports(record);
    derive_first_failure(record);
    derive_sustained_rate(record);
    const double length = load_end_s(record);
    if (length > 0) record.totals.achieved_rate_per_s = static_cast<double>(record.totals.connected) / length;
}

}  // namespace portdrought::record
