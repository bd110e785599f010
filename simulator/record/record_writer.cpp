// The order of members is fixed here; docs/record-format.md describes each.
#include "record/json/json_writer.hpp"
#include "record/record_file.hpp"
#include "record/samples_json.hpp"
#include "record/totals_json.hpp"
#include "scenario/flat.hpp"

namespace portdrought::record {
namespace {

constexpr auto packed = JsonWriter::Layout::packed;

void write_header(JsonWriter& json, const RunRecord& record) {
    json.member("schema", schema);
    json.member("tool_version", record.tool_version);
    json.member("git_revision", record.git_revision);
    json.member("started_at", record.started_at);
    json.member("engine", record.engine);
    json.member("variant", record.scenario.variant);
    json.member("seed", record.scenario.lab.seed);
    json.member("repetition", record.repetition);
    json.member("time_scale", record.scenario.lab.time_scale);
    json.member("interrupted", record.interrupted);
    json.key("scenario").begin_object();
    for (const auto& [key, text] : scenario::flatten(record.scenario)) json.member(key, text);
    json.end_object();
}

void write_host(JsonWriter& json, const HostFacts& host) {
    json.key("host").begin_object();
    json.member("kernel", host.kernel);
    json.member("machine", host.machine);
    json.member("cpus", host.cpus);
    json.member("hz", host.hz);
    json.member("descriptor_limit", host.descriptor_limit);
    json.member("user_namespace", host.user_namespace);
    json.member("established_hash", host.established_hash);
    json.member("sysctls", host.sysctls).end_object();
}

void write_histogram(JsonWriter& json, std::string_view name, const core::Histogram& histogram) {
    json.key(name).begin_object();
    json.member("count", histogram.count());
    json.member("min_ns", histogram.min().count());
    json.member("max_ns", histogram.max().count());
    json.member("sum_ns", histogram.sum().count());
    json.key("buckets").begin_array();
    for (const core::Histogram::Bucket& bucket : histogram.buckets())
        json.begin_array().value(bucket.upper.count()).value(bucket.count).end_array();
    json.end_array().end_object();
}

void write_census(JsonWriter& json, const Census& census) {
    json.begin_object(packed);
    json.member("t_s", census.t_s);
    json.member("time_wait_client", census.time_wait_client);
    json.member("time_wait_server", census.time_wait_server);
    json.member("fin_wait_2", census.fin_wait_2);
    json.member("connected", census.connected).member("parked", census.parked);
    json.member("sockstat_time_wait", census.sockstat_time_wait);
    json.member("interrupted", census.interrupted);
    json.member("cpu_us", census.cpu_us);
    json.member("ports_by_destination", census.ports_by_destination);
    json.key("left_by_tenth").begin_array();
    for (const std::uint64_t entries : census.left_by_tenth) json.value(entries);
    json.end_array().end_object();
}

void write_listing(JsonWriter& json, const Listing& listing) {
    json.key("listing").begin_object();
    json.member("t_s", listing.t_s);
    json.member("rows_total", listing.rows_total);
    json.key("rows").begin_array(JsonWriter::Layout::lines);
    for (const Connection& row : listing.rows) {
        json.begin_object(packed).member("local", row.local).member("remote", row.remote);
        json.member("state", row.state).member("inode", row.inode).end_object();
    }
    json.end_array().end_object();
}

void write_enforced(JsonWriter& json, const Enforced& enforced) {
    json.key("enforced").begin_object();
    json.member("wanted_ns", enforced.wanted.count());
    json.member("entries", enforced.entries);
    json.member("already_gone", enforced.already_gone);
    json.member("refreshes", enforced.refreshes);
    json.member("foreign", enforced.foreign);
    if (enforced.foreign_precision) json.member("foreign_precision_ns", enforced.foreign_precision->count());
    write_histogram(json, "lifetimes", enforced.lifetimes);
    write_histogram(json, "lateness", enforced.lateness);
    json.end_object();
}

void write_work(JsonWriter& json, const RunRecord& record) {
    json.member("counters", record.counters);
    json.key("cpu").begin_object();
    json.member("workers_s", record.cpu.workers_s).member("enforcer_s", record.cpu.enforcer_s);
    json.member("probe_s", record.cpu.probe_s).member("real_s", record.cpu.real_s);
    json.member("in_connect_s", record.cpu.in_connect_s).end_object();
    json.key("probe").begin_object();
    json.member("samples", record.probe.samples).member("overruns", record.probe.overruns).end_object();
}

void write_validity(JsonWriter& json, const Validity& validity) {
    json.key("validity").begin_object();
    json.member("valid", validity.valid);
    json.key("notes").begin_array(JsonWriter::Layout::lines);
    for (const std::string& note : validity.notes) json.value(note);
    json.end_array().end_object();
}

}  // namespace

std::string to_json(const RunRecord& record) {
    JsonWriter json;
    json.begin_object();
    write_header(json, record);
    if (record.engine == "kernel") write_host(json, record.host);
    write_model(json, record);
    write_validity(json, record.validity);
    write_totals(json.key("totals"), record);
    write_work(json, record);
    write_histogram(json, "connect", record.connect);
    write_histogram(json, "connect_intended", record.connect_intended);
    write_histogram(json, "start_lag", record.start_lag);
    if (record.enforced) write_enforced(json, *record.enforced);
    write_pool(json, record);
    write_nat(json, record);
    write_duplicates(json, record);
    if (record.listing) write_listing(json, *record.listing);
    write_samples(json.key("samples"), record.samples);
    json.key("censuses").begin_array(JsonWriter::Layout::lines);
    for (const Census& census : record.censuses) write_census(json, census);
    json.end_array().end_object();
    return json.take();
}

}  // namespace portdrought::record
