#include <cmath>

#include "record/json/json_tree.hpp"
#include "record/record_file.hpp"
#include "record/samples_json.hpp"
#include "scenario/flat.hpp"

namespace portdrought::record {
namespace {

constexpr std::string_view schema_name = "portdrought.record/";

void check_schema(const JsonPlace& root) {
    const std::string expected = std::string{"expected \""} + schema + '"';
    const std::optional<JsonPlace> found = root.find("schema");
    if (!found) root.fail("is no run record: it names no schema; " + expected);
    const std::string& text = found->text();
    if (text == schema) return;
    if (text.starts_with(schema_name))
        found->fail('"' + text + "\" was written by another version of portdrought; this one reads \"" + schema +
                    "\": read it with the version that wrote it (member tool_version)");
    found->fail('"' + text + "\" is not a run record; " + expected);
}

core::Duration duration(const JsonPlace& place, std::string_view key) {
    return core::Duration{place.at(key).integer()};
}

std::uint32_t small(const JsonPlace& place) {
    const std::uint64_t value = place.whole();
    if (value > UINT32_MAX) place.fail("is too large; expected at most 4294967295");
    return static_cast<std::uint32_t>(value);
}

std::map<std::string, std::uint64_t> counts(const JsonPlace& place) {
    std::map<std::string, std::uint64_t> result;
    for (const auto& [name, count] : place.members()) result[name] = count.whole();
    return result;
}

scenario::Scenario read_scenario(const JsonPlace& place) {
    scenario::Pairs pairs;
    for (const auto& [key, text] : place.members()) pairs.emplace_back(key, text.text());
    scenario::Unflattened result = scenario::unflatten(pairs);
    if (!result.problems.empty()) place.fail(result.problems.front());
    return result.scenario;
}

HostFacts read_host(const JsonPlace& place) {
    HostFacts host;
    host.kernel = place.at("kernel").text();
    host.machine = place.at("machine").text();
    host.cpus = small(place.at("cpus"));
    if (const auto hz = place.find("hz")) host.hz = small(*hz);
    host.descriptor_limit = place.at("descriptor_limit").whole();
    host.user_namespace = place.at("user_namespace").truth();
    host.established_hash = place.find_whole("established_hash");
    for (const auto& [name, value] : place.at("sysctls").members()) host.sysctls[name] = value.text();
    return host;
}

core::Histogram read_histogram(const JsonPlace& place) {
    std::vector<core::Histogram::Bucket> buckets;
    for (const JsonPlace& item : place.at("buckets").items()) {
        const auto pair = item.items();
        if (pair.size() != 2) item.fail("has " + std::to_string(pair.size()) + " values; expected [upper_ns, count]");
        buckets.push_back({core::Duration{pair[0].integer()}, pair[1].whole()});
    }
    auto histogram = core::Histogram::from_buckets(buckets, duration(place, "min_ns"), duration(place, "max_ns"),
                                                   duration(place, "sum_ns"));
    if (histogram.count() != place.at("count").whole())
        place.at("count").fail("differs from the sum of the buckets, " + std::to_string(histogram.count()) +
                               "; the file was changed after it was written");
    return histogram;
}

Cost read_cost(const JsonPlace& place) {
    Cost cost;
    cost.resets_seen_by_peer = place.at("resets_seen_by_peer").whole();
    cost.transfers_cut = place.find_whole("transfers_cut");
    cost.bytes_lost = place.find_whole("bytes_lost");
    cost.time_wait_overflow = place.find_whole("time_wait_overflow");
    cost.ports_reused_early = place.find_whole("ports_reused_early");
    cost.connect_stalls = place.find_whole("connect_stalls");
    cost.cpu_us_per_connection = place.find_number("cpu_us_per_connection");
    return cost;
}

Totals read_totals(const JsonPlace& place) {
    Totals totals;
    totals.attempts = place.at("attempts").whole();
    totals.connected = place.at("connected").whole();
    totals.retries = place.at("retries").whole();
    totals.self_connects = place.find_whole("self_connects").value_or(0);
    for (const auto& [name, count] : place.at("outcomes").members())
        totals.outcomes[read_outcome(name, count)] = count.whole();
    totals.errors = counts(place.at("errors"));
    totals.relay_errors = counts(place.at("relay_errors"));
    totals.time_wait_peak = place.at("time_wait").find_whole("peak");
    totals.time_wait_peak_client = place.at("time_wait").find_whole("peak_client");
    totals.time_wait_peak_server = place.at("time_wait").find_whole("peak_server");
    totals.fin_wait_2_peak = place.at("fin_wait_2").find_whole("peak");
    totals.ports_capacity = place.at("ports").at("capacity").whole();
    totals.ports_min_free = place.at("ports").find_whole("min_free");
    totals.ports_bound = place.at("ports").find_whole("bound");
    totals.time_to_first_failure_s = place.find_number("time_to_first_failure_s");
    totals.sustained_rate_per_s = place.find_number("sustained_rate_per_s");
    totals.achieved_rate_per_s = place.find_number("achieved_rate_per_s");
    totals.cost = read_cost(place.at("cost"));
    return totals;
}

Census read_census(const JsonPlace& place) {
    Census census;
    census.t_s = place.at("t_s").number();
    census.time_wait_client = place.at("time_wait_client").whole();
    census.time_wait_server = place.at("time_wait_server").whole();
    census.fin_wait_2 = place.at("fin_wait_2").whole();
    census.connected = place.at("connected").whole();
    census.parked = place.at("parked").whole();
    census.sockstat_time_wait = place.find_whole("sockstat_time_wait");
    census.interrupted = place.at("interrupted").truth();
    census.cpu_us = place.at("cpu_us").number();
    census.ports_by_destination = counts(place.at("ports_by_destination"));
    for (const JsonPlace& entries : place.at("left_by_tenth").items()) census.left_by_tenth.push_back(entries.whole());
    return census;
}

Listing read_listing(const JsonPlace& place) {
    Listing listing;
    listing.t_s = place.at("t_s").number();
    listing.rows_total = place.at("rows_total").whole();
    for (const JsonPlace& row : place.at("rows").items())
        listing.rows.push_back(
            {row.at("local").text(), row.at("remote").text(), row.at("state").text(), row.at("inode").whole()});
    return listing;
}

Enforced read_enforced(const JsonPlace& place) {
    Enforced enforced;
    enforced.wanted = duration(place, "wanted_ns");
    enforced.entries = place.at("entries").whole();
    enforced.already_gone = place.at("already_gone").whole();
    enforced.refreshes = place.find_whole("refreshes").value_or(0);
    enforced.foreign = place.find_whole("foreign").value_or(0);
    if (const auto precision = place.find("foreign_precision_ns"))
        enforced.foreign_precision = core::Duration{precision->integer()};
    enforced.lifetimes = read_histogram(place.at("lifetimes"));
    enforced.lateness = read_histogram(place.at("lateness"));
    return enforced;
}

PoolUse read_pool(const JsonPlace& place) {
    return {place.at("reused").whole(), place.at("closed_full").whole(), place.at("closed_idle").whole(),
            place.at("closed_worn").whole(), place.at("closed_unread").whole()};
}

NatUse read_nat(const JsonPlace& place) {
    return {place.at("capacity").whole(), place.at("peak").whole(),    place.at("flows").whole(),
            place.at("dropped").whole(),  place.at("evicted").whole(), place.find_number("first_drop_s")};
}

core::Costs read_costs(const JsonPlace& place) {
    core::Costs costs;
    costs.live_probe = duration(place, "live_probe_ns");
    costs.time_wait_probe = duration(place, "time_wait_probe_ns");
    costs.time_wait_probe_cached = duration(place, "time_wait_probe_cached_ns");
    costs.cached_ports = place.at("cached_ports").whole();
    costs.connect = duration(place, "connect_ns");
    costs.connection = duration(place, "connection_ns");
    costs.failing_connection = duration(place, "failing_connection_ns");
    return costs;
}

ModelFacts read_model(const JsonPlace& place) {
    ModelFacts model{read_costs(place.at("costs")), place.at("costs_source").text(), {}};
    for (const JsonPlace& sentence : place.at("unverified").items()) model.unverified.push_back(sentence.text());
    return model;
}

Duplicates read_duplicates(const JsonPlace& place) {
    Duplicates duplicates;
    duplicates.trials = place.at("trials").whole();
    duplicates.pair_refused = place.at("pair_refused").whole();
    duplicates.accepted = place.at("accepted").whole();
    duplicates.dropped_paws = place.at("dropped_paws").whole();
    duplicates.dropped_other = place.at("dropped_other").whole();
    duplicates.killed = place.at("killed").whole();
    duplicates.stale_accepted = place.at("stale_accepted").whole();
    duplicates.stale_dropped = place.at("stale_dropped").whole();
    duplicates.stale_killed = place.at("stale_killed").whole();
    duplicates.time_wait_killed = place.at("time_wait_killed").whole();
    duplicates.time_wait_kept = place.at("time_wait_kept").whole();
    return duplicates;
}

void read_header(const JsonPlace& root, RunRecord& record) {
    record.tool_version = root.at("tool_version").text();
    record.git_revision = root.at("git_revision").text();
    record.started_at = root.at("started_at").text();
    record.engine = root.at("engine").text();
    record.repetition = small(root.at("repetition"));
    record.interrupted = root.at("interrupted").truth();
    record.scenario = read_scenario(root.at("scenario"));
}

void read_work(const JsonPlace& root, RunRecord& record) {
    record.counters = counts(root.at("counters"));
    const JsonPlace cpu = root.at("cpu");
    record.cpu = {cpu.at("workers_s").number(), cpu.at("enforcer_s").number(), cpu.at("probe_s").number(),
                  cpu.at("real_s").number(), cpu.at("in_connect_s").number()};
    record.probe = {root.at("probe").at("samples").whole(), root.at("probe").at("overruns").whole()};
    record.validity.valid = root.at("validity").at("valid").truth();
    for (const JsonPlace& note : root.at("validity").at("notes").items()) record.validity.notes.push_back(note.text());
}

}  // namespace

RunRecord from_json(std::string_view text, std::string_view name) {
    const JsonNode tree = parse_json(text, name);
    const JsonPlace root{tree, name};
    check_schema(root);
    RunRecord record;
    read_header(root, record);
    if (record.engine == "kernel") record.host = read_host(root.at("host"));
    if (const auto model = root.find("model")) record.model = read_model(*model);
    record.totals = read_totals(root.at("totals"));
    read_work(root, record);
    record.connect = read_histogram(root.at("connect"));
    record.connect_intended = read_histogram(root.at("connect_intended"));
    record.start_lag = read_histogram(root.at("start_lag"));
    if (const auto enforced = root.find("enforced")) record.enforced = read_enforced(*enforced);
    if (const auto pool = root.find("pool")) record.pool = read_pool(*pool);
    if (const auto nat = root.find("nat")) record.nat = read_nat(*nat);
    if (const auto duplicates = root.find("duplicates")) record.duplicates = read_duplicates(*duplicates);
    if (const auto listing = root.find("listing")) record.listing = read_listing(*listing);
    record.samples = read_samples(root.at("samples"));
    for (const JsonPlace& census : root.at("censuses").items()) record.censuses.push_back(read_census(census));
    return record;
}

}  // namespace portdrought::record
