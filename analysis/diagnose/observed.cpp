#include "analysis/diagnose/observed.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "record/totals.hpp"

namespace portdrought::diagnose {
namespace {

using core::Outcome;
using record::RunRecord;

bool is_failure(Outcome outcome) {
    switch (outcome) {
        case Outcome::ok:
        case Outcome::late:
        case Outcome::unfinished:
        case Outcome::refused_locally: return false;
        default: return true;
    }
}

std::optional<std::uint64_t> counter(const RunRecord& record, const std::string& name) {
    const auto found = record.counters.find(name);
    return found == record.counters.end() ? std::nullopt : std::optional{found->second};
}

/// A modelled run has no real time, and its host's length of TIME_WAIT is what the scenario says.
double modelled_pairs(const RunRecord& record) {
    return record.totals.achieved_rate_per_s.value_or(0) * core::seconds(scenario::time_wait_length(record.scenario));
}

/// Little's law in real time: the length of TIME_WAIT is the kernel's own unless it was enforced.
double wanted_pairs(const RunRecord& record) {
    constexpr double kernels_own_s = 60;
    const double length_s = record.enforced ? core::seconds(record.enforced->wanted) : kernels_own_s;
    if (record.engine == "model") return modelled_pairs(record);
    if (record.cpu.real_s <= 0) return 0;
    return static_cast<double>(record.totals.connected) / record.cpu.real_s * length_s;
}

void count_pairs(const RunRecord& record, Observed& seen) {
    const record::Totals& totals = record.totals;
    seen.capacity = totals.ports_capacity;
    seen.min_free = totals.ports_min_free;
    seen.wanted = wanted_pairs(record);
    seen.bound = totals.ports_bound;
    seen.time_wait_client = totals.time_wait_peak_client.value_or(0);
    seen.time_wait_server = totals.time_wait_peak_server.value_or(0);
    seen.fin_wait_2 = totals.fin_wait_2_peak.value_or(0);
    for (const record::Census& census : record.censuses) seen.open = std::max(seen.open, census.connected);
    seen.in_use = seen.time_wait_client;
    for (const record::Sample& sample : record.samples) {
        seen.in_use = std::max(seen.in_use, sample.ports_in_use.value_or(0));
        // Between censuses: both ends of a connection are in the table, and each is counted as established.
        if (seen.time_wait_server == 0)
            seen.in_use = std::max(seen.in_use, sample.time_wait.value_or(0) + sample.established.value_or(0) / 2);
    }
    seen.in_use = std::min(seen.in_use, seen.capacity);
}

void count_kernel_events(const RunRecord& record, Observed& seen) {
    seen.syns_again = counter(record, "TcpExt.TCPSynRetrans");
    seen.listen_overflows = counter(record, "TcpExt.ListenOverflows");
    seen.request_queue_drops = counter(record, "TcpExt.TCPReqQFullDrop");
    seen.reused_early = counter(record, "TcpExt.TWRecycled");
    seen.skipped_time_wait = counter(record, "TcpExt.TCPTimeWaitOverflow");
}

Reuse reuse_of(const RunRecord& record) {
    const auto found = record.host.sysctls.find("net.ipv4.tcp_tw_reuse");
    if (found == record.host.sysctls.end()) return Reuse::unknown;
    if (found->second == "0") return Reuse::bound_port;
    return found->second == "2" ? Reuse::loopback : Reuse::tw_reuse;
}

void count_harm(const RunRecord& record, Observed& seen) {
    const record::Cost& cost = record.totals.cost;
    seen.transfers_cut = cost.transfers_cut.value_or(0);
    seen.bytes_lost = cost.bytes_lost.value_or(0);
    seen.resets_at_peer = cost.resets_seen_by_peer;
    if (!record.duplicates) return;
    const record::Duplicates& found = *record.duplicates;
    // A trial may show both: by data that fits into the window and by data with its own old numbers.
    const auto trials_with = [&](std::uint64_t count) { return std::min(count, found.trials); };
    seen.old_data = {found.trials, trials_with(found.accepted + found.stale_accepted),
                     trials_with(found.killed + found.stale_killed), trials_with(found.time_wait_killed)};
}

}  // namespace

// A SYN is sent again after a second (RFC 6298, 2.1). One that is sent again at once had an answer: a challenge ACK of
// a peer that still has the old connection.
bool Observed::connects_stalled(std::uint64_t tries) const {
    const std::uint64_t again = syns_again.value_or(0);
    const bool for_long = connect_max >= std::chrono::milliseconds{900} || count(Outcome::timeout) > 0;
    return again > 0 && again * 100 >= tries && for_long;
}

std::uint64_t Observed::failed() const {
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < core::outcome_count; ++i)
        if (is_failure(static_cast<Outcome>(i))) total += outcomes.counts[i];
    return total;
}

core::Outcome Observed::most_failed() const {
    Outcome most = Outcome::ok;
    std::uint64_t highest = 0;
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        if (!is_failure(outcome) || outcome == Outcome::no_port_bind) continue;
        const std::uint64_t count = outcome == Outcome::no_port_connect ? outcomes.no_port() : outcomes[outcome];
        if (count <= highest) continue;
        highest = count;
        most = outcome;
    }
    return most;
}

Observed observe(const RunRecord& record) {
    Observed seen;
    seen.attempts = record.totals.attempts;
    seen.connected = record.totals.connected;
    seen.outcomes = record.totals.outcomes;
    for (const auto& [error, count] : record.totals.errors)
        if (error.ends_with("/EMFILE") || error.ends_with("/ENFILE")) seen.descriptor_errors += count;
    seen.relay_without_port = record::relay_without_port(record.totals);
    seen.self_connects = record.totals.self_connects;
    count_pairs(record, seen);
    count_kernel_events(record, seen);
    count_harm(record, seen);
    if (record.cpu.real_s > 0 && record.cpu.workers_s > 0) seen.cpu_share = record.cpu.workers_s / record.cpu.real_s;
    if (record.nat) seen.nat = {record.nat->dropped, record.nat->peak, record.nat->capacity, record.nat->first_drop_s};
    seen.reuse = reuse_of(record);
    if (record.connect.count() > 0) {
        seen.connect_p10 = record.connect.quantile(0.1);
        seen.connect_p95 = record.connect.quantile(0.95);
        seen.connect_p99 = record.connect.quantile(0.99);
        seen.connect_max = record.connect.max();
    }
    seen.descriptor_limit = record.host.descriptor_limit;
    seen.valid = record.validity.valid;
    seen.modelled = record.engine == "model";
    return seen;
}

}  // namespace portdrought::diagnose
