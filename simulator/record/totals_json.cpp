#include "record/totals_json.hpp"

namespace portdrought::record {
namespace {

double microseconds(core::Duration duration) { return static_cast<double>(duration.count()) / 1e3; }

void write_quantiles(JsonWriter& json, std::string_view name, const core::Histogram& histogram) {
    if (histogram.count() == 0) return;
    json.key(name).begin_object(JsonWriter::Layout::packed);
    json.member("p50", microseconds(histogram.quantile(0.5)));
    json.member("p90", microseconds(histogram.quantile(0.9)));
    json.member("p99", microseconds(histogram.quantile(0.99)));
    json.member("p999", microseconds(histogram.quantile(0.999)));
    json.member("max", microseconds(histogram.max()));
    json.end_object();
}

void write_outcomes(JsonWriter& json, const core::OutcomeCounts& outcomes) {
    json.key("outcomes").begin_object();
    for (std::size_t i = 0; i < core::outcome_count; ++i)
        json.member(core::name(static_cast<core::Outcome>(i)), outcomes.counts[i]);
    json.end_object();
}

void write_cost(JsonWriter& json, const Cost& cost) {
    json.key("cost").begin_object();
    json.member("resets_seen_by_peer", cost.resets_seen_by_peer);
    json.member("transfers_cut", cost.transfers_cut);
    json.member("bytes_lost", cost.bytes_lost);
    json.member("time_wait_overflow", cost.time_wait_overflow);
    json.member("ports_reused_early", cost.ports_reused_early);
    json.member("connect_stalls", cost.connect_stalls);
    json.member("cpu_us_per_connection", cost.cpu_us_per_connection);
    json.end_object();
}

}  // namespace

void write_totals(JsonWriter& json, const RunRecord& record) {
    const Totals& totals = record.totals;
    json.begin_object();
    json.member("attempts", totals.attempts);
    json.member("connected", totals.connected);
    json.member("retries", totals.retries);
    json.member("self_connects", totals.self_connects);
    write_outcomes(json, totals.outcomes);
    json.member("errors", totals.errors);
    json.member("relay_errors", totals.relay_errors);
    json.key("time_wait").begin_object(JsonWriter::Layout::packed);
    json.member("peak", totals.time_wait_peak);
    json.member("peak_client", totals.time_wait_peak_client);
    json.member("peak_server", totals.time_wait_peak_server);
    json.end_object();
    json.key("fin_wait_2").begin_object(JsonWriter::Layout::packed);
    json.member("peak", totals.fin_wait_2_peak).end_object();
    json.key("ports").begin_object(JsonWriter::Layout::packed);
    json.member("capacity", totals.ports_capacity);
    json.member("min_free", totals.ports_min_free);
    json.member("bound", totals.ports_bound).end_object();
    json.member("time_to_first_failure_s", totals.time_to_first_failure_s);
    json.member("sustained_rate_per_s", totals.sustained_rate_per_s);
    json.member("achieved_rate_per_s", totals.achieved_rate_per_s);
    write_quantiles(json, "connect_us", record.connect);
    write_quantiles(json, "connect_intended_us", record.connect_intended);
    write_quantiles(json, "start_lag_us", record.start_lag);
    write_cost(json, totals.cost);
    json.end_object();
}

void write_pool(JsonWriter& json, const RunRecord& record) {
    if (!record.pool) return;
    const PoolUse& pool = *record.pool;
    json.key("pool").begin_object();
    json.member("reused", pool.reused).member("closed_full", pool.closed_full);
    json.member("closed_idle", pool.closed_idle).member("closed_worn", pool.closed_worn);
    json.member("closed_unread", pool.closed_unread).end_object();
}

void write_nat(JsonWriter& json, const RunRecord& record) {
    if (!record.nat) return;
    const NatUse& nat = *record.nat;
    json.key("nat").begin_object();
    json.member("capacity", nat.capacity).member("peak", nat.peak);
    json.member("flows", nat.flows).member("dropped", nat.dropped);
    json.member("evicted", nat.evicted).member("first_drop_s", nat.first_drop_s);
    json.end_object();
}

void write_model(JsonWriter& json, const RunRecord& record) {
    if (!record.model) return;
    const core::Costs& costs = record.model->costs;
    json.key("model").begin_object();
    json.key("costs").begin_object();
    json.member("live_probe_ns", costs.live_probe.count());
    json.member("time_wait_probe_ns", costs.time_wait_probe.count());
    json.member("time_wait_probe_cached_ns", costs.time_wait_probe_cached.count());
    json.member("cached_ports", costs.cached_ports);
    json.member("connect_ns", costs.connect.count());
    json.member("connection_ns", costs.connection.count());
    json.member("failing_connection_ns", costs.failing_connection.count()).end_object();
    json.member("costs_source", record.model->costs_source);
    json.key("unverified").begin_array(JsonWriter::Layout::lines);
    for (const std::string& sentence : record.model->unverified) json.value(sentence);
    json.end_array().end_object();
}

void write_duplicates(JsonWriter& json, const RunRecord& record) {
    if (!record.duplicates) return;
    const Duplicates& duplicates = *record.duplicates;
    json.key("duplicates").begin_object();
    json.member("trials", duplicates.trials);
    json.member("pair_refused", duplicates.pair_refused);
    json.member("accepted", duplicates.accepted);
    json.member("dropped_paws", duplicates.dropped_paws);
    json.member("dropped_other", duplicates.dropped_other);
    json.member("killed", duplicates.killed);
    json.member("stale_accepted", duplicates.stale_accepted);
    json.member("stale_dropped", duplicates.stale_dropped);
    json.member("stale_killed", duplicates.stale_killed);
    json.member("time_wait_killed", duplicates.time_wait_killed);
    json.member("time_wait_kept", duplicates.time_wait_kept);
    json.end_object();
}

}  // namespace portdrought::record
