#include "made_records.hpp"

#include <deque>

#include "analysis/laws/prediction.hpp"
#include "record/totals.hpp"
#include "record/validity.hpp"
#include "scenario/profile.hpp"

namespace portdrought::made {
namespace {

using namespace std::chrono_literals;
using core::Outcome;
using record::RunRecord;
using scenario::Scenario;

constexpr double sample_s = 6;

/// The table of pairs and TIME-WAIT entries, by the time each goes away.
struct Table {
    std::deque<double> pairs, entries;
    void advance(double t) {
        while (!pairs.empty() && pairs.front() <= t) pairs.pop_front();
        while (!entries.empty() && entries.front() <= t) entries.pop_front();
    }
};

void add_header(RunRecord& record, std::uint32_t repetition) {
    record.tool_version = "0.1.0";
    record.git_revision = "0123456789ab";
    record.started_at = "2024-05-01T12:00:00Z";
    record.repetition = repetition;
    record.host.kernel = "6.1.0-13-amd64";
    record.host.machine = "x86_64";
    record.host.cpus = 2;
    record.host.hz = 250;
    record.host.descriptor_limit = 20000;
    record.host.user_namespace = true;
    record.host.established_hash = 16384;
    record.host.sysctls = {{"net.ipv4.ip_local_port_range", "1025\t5000"}, {"net.ipv4.tcp_tw_reuse", "0"}};
}

void add_latencies(RunRecord& record) {
    for (std::uint64_t i = 0; i < record.totals.connected; ++i) {
        const core::Duration connect = i % 50 == 49 ? 110us : 24us;
        record.connect.add(connect);
        record.start_lag.add(20us);
        record.connect_intended.add(connect + 20us);
    }
}

void add_enforced(RunRecord& record, std::uint64_t entries) {
    if (!record.scenario.host.timed_wait_delay) return;
    record::Enforced& enforced = record.enforced.emplace();
    enforced.wanted = scenario::compressed(record.scenario, *record.scenario.host.timed_wait_delay);
    enforced.entries = entries;
    for (std::uint64_t i = 0; i < entries; ++i) {
        const core::Duration lateness = i % 40 == 39 ? 4100us : 60us;
        enforced.lateness.add(lateness);
        enforced.lifetimes.add(enforced.wanted + lateness);
    }
}

void add_sample(RunRecord& record, const Table& table, double t, bool on_server, bool with_census) {
    record::Sample& sample = record.samples.emplace_back();
    sample.t_s = t;
    sample.attempts = record.totals.attempts;
    sample.connected = record.totals.connected;
    sample.outcomes = record.totals.outcomes;
    sample.time_wait = table.entries.size();
    sample.established = 2;
    sample.counters["TcpExt.TW"] = record.totals.connected;
    if (!with_census) return;
    sample.time_wait_client = on_server ? 0 : table.entries.size();
    sample.time_wait_server = on_server ? table.entries.size() : 0;
    sample.fin_wait_2 = 0;
    sample.ports_in_use = table.pairs.size();
    sample.ports_free = scenario::port_capacity(record.scenario) - table.pairs.size();
    sample.ports_reusable = 0;
    record::Census& census = record.censuses.emplace_back();
    census.t_s = t;
    census.time_wait_client = *sample.time_wait_client;
    census.parked = *sample.time_wait_client + *sample.time_wait_server;
    census.time_wait_server = *sample.time_wait_server;
    census.sockstat_time_wait = table.entries.size();
    census.cpu_us = 800;
    census.ports_by_destination["127.0.0.1:7000"] = table.pairs.size();
    census.left_by_tenth.assign(11, table.entries.size() / 11);
}

}  // namespace

Scenario article() {
    Scenario scenario;
    scenario.name = "article";
    scenario.title = "Do outbound connections use up all ports?";
    scenario.variant = "as explained";
    scenario.load.rate = core::Rate{33.3};
    scenario.load.duration = 600s;
    scenario.host.profile = "windows-2000";
    scenario.host.ports = {1025, 5000};
    scenario.host.port_choice = scenario::PortChoice::sequential;
    scenario.host.timed_wait_delay = 240s;
    scenario.lab.time_scale = 60;
    return scenario;
}

RunRecord play(const Scenario& scenario, std::uint32_t repetition) {
    RunRecord record;
    record.scenario = scenario;
    add_header(record, repetition);
    record.totals.cost.transfers_cut = record.totals.cost.bytes_lost = 0;
    const laws::Prediction law = laws::predict(scenario);
    const double duration = core::seconds(scenario.load.duration), residence = core::seconds(law.residence());
    const bool resets = law.holding == laws::Holding::by_reset;
    const bool on_server = law.holding == laws::Holding::server_side;
    const double time_wait = resets ? 0 : core::seconds(scenario::time_wait_length(scenario));
    Table table;
    std::uint64_t entries = 0;
    double next_sample = sample_s;
    for (std::uint64_t i = 0;; ++i) {
        const double t = static_cast<double>(i) / scenario.load.rate->per_second;
        while (next_sample <= std::min(t, duration)) {
            table.advance(next_sample);
            add_sample(record, table, next_sample, on_server, record.samples.size() % 10 == 9);
            next_sample += sample_s;
        }
        if (t >= duration) break;
        table.advance(t);
        ++record.totals.attempts;
        if (table.pairs.size() >= law.capacity) {
            ++record.totals.outcomes[Outcome::no_port_connect];
            ++record.totals.errors["connect/EADDRNOTAVAIL"];
            if (!record.totals.time_to_first_failure_s) record.totals.time_to_first_failure_s = t;
            continue;
        }
        ++record.totals.connected;
        ++record.totals.outcomes[Outcome::ok];
        if (residence > 0) table.pairs.push_back(t + residence);
        if (time_wait > 0) {
            table.entries.push_back(t + time_wait);
            ++entries;
        }
    }
    record.totals.cost.time_wait_overflow = 0;
    record.totals.cost.cpu_us_per_connection = 51;
    record.counters["TcpExt.TW"] = entries;
    record.cpu = {1.1, 0.02, 0.03, duration / scenario.lab.time_scale};
    record.probe = {record.samples.size(), 1};
    add_latencies(record);
    add_enforced(record, entries);
    record::derive_totals(record);
    record.validity = record::judge(record);
    return record;
}

RunRecord exhausted() { return play(article()); }

RunRecord fine() {
    Scenario scenario = article();
    scenario.variant = "30 s";
    scenario.host.timed_wait_delay = 30s;
    return play(scenario);
}

RunRecord with_linger() {
    Scenario scenario = article();
    scenario.variant = "{1,0}";
    scenario.load.linger = std::chrono::seconds{0};
    RunRecord record = play(scenario);
    record.totals.cost.resets_seen_by_peer = record.totals.connected;
    record.totals.cost.transfers_cut = 1204;
    record.totals.cost.bytes_lost = 5'321'680;
    return record;
}

RunRecord server_closes() {
    Scenario scenario = article();
    scenario.variant = "server first";
    scenario.load.closer = core::Closer::server;
    return play(scenario);
}

RunRecord relay() {
    Scenario scenario = article();
    scenario.variant = "as listed";
    scenario.load.closer = core::Closer::server;
    scenario.server.kind = scenario::ServerKind::relay;
    scenario.server.port = 30606;
    RunRecord record = play(scenario);
    record::Listing& listing = record.listing.emplace();
    listing.t_s = 240;
    listing.rows_total = 1988;
    for (int i = 0; i < 50; ++i)
        listing.rows.push_back({"127.0.0.1:30606", "127.0.0.1:" + std::to_string(3129 + 2 * i), "TIME_WAIT", 0});
    return record;
}

RunRecord invalid() {
    RunRecord record = exhausted();
    const std::uint64_t late = 1500;
    record.totals.outcomes[Outcome::ok] -= late;
    record.totals.outcomes[Outcome::late] += late;
    record.cpu.workers_s = record.cpu.real_s * 0.97;
    record.validity = record::judge(record);
    return record;
}

namespace {

/// What `lasting` connections a second look like below the article's load, of which the rest ended as `rest`.
RunRecord below_the_load(double lasting, Outcome rest) {
    Scenario scenario = article();
    scenario.load.rate = core::Rate{lasting};
    RunRecord record = play(scenario);
    record.scenario.load.rate = article().load.rate;
    const auto raise = [&](std::uint64_t& attempts, core::OutcomeCounts& outcomes, double t) {
        attempts = static_cast<std::uint64_t>(t * 33.3);
        outcomes[rest] += attempts - outcomes.total();
    };
    raise(record.totals.attempts, record.totals.outcomes, core::seconds(scenario.load.duration));
    for (record::Sample& sample : record.samples) raise(sample.attempts, sample.outcomes, sample.t_s);
    return record;
}

}  // namespace

RunRecord with_pool() {
    RunRecord record = below_the_load(2, Outcome::ok);
    record.scenario.variant = "pool of 2";
    record.scenario.load.pool_size = 2;
    record.pool.emplace();
    record.pool->reused = record.totals.attempts - record.totals.connected;
    record.pool->closed_full = record.totals.connected - 2;
    record.validity = record::judge(record);
    return record;
}

RunRecord held_back() {
    RunRecord record = below_the_load(16, Outcome::refused_locally);
    record.scenario.variant = "admission";
    record.scenario.load.admission = core::Rate{16};
    record.validity = record::judge(record);
    return record;
}

RunRecord interrupted() {
    Scenario scenario = article();
    scenario.load.duration = 60s;
    RunRecord record = play(scenario);
    record.scenario.load.duration = 600s;
    record.interrupted = true;
    record.validity = record::judge(record);
    return record;
}

namespace {

/// What a model leaves out: a machine, a clock, CPU of ours.
void take_machine_away(RunRecord& record) {
    record.engine = "model";
    record.started_at.clear();
    record.host = {};
    record.cpu = {};
    record.probe = {};
    record.enforced.reset();
    record.totals.cost.transfers_cut.reset();
    record.totals.cost.bytes_lost.reset();
    record::ModelFacts& facts = record.model.emplace();
    facts.costs_source = "built in";
    facts.unverified = scenario::unverified(record.scenario);
    record.validity = record::judge(record);
}

}  // namespace

RunRecord modelled() {
    Scenario scenario = article();
    scenario.name = "windows-10-ceiling";
    scenario.title = "How much does Windows 10 last?";
    scenario.variant = "120 s";
    scenario.lab.engine = scenario::Engine::model;
    scenario.lab.time_scale = 1;
    scenario.load.rate = core::Rate{200};
    scenario.host.profile = "windows-10";
    scenario.host.ports = {49152, 65535};
    scenario.host.port_choice = scenario::PortChoice::random;
    scenario.host.timed_wait_delay = 120s;
    scenario.host.timestamps = false;
    RunRecord record = play(scenario);
    take_machine_away(record);
    return record;
}

RunRecord behind_nat() {
    RunRecord record = below_the_load(16, Outcome::timeout);
    record.scenario.variant = "behind a NAT";
    record.scenario.lab.engine = scenario::Engine::model;
    record.scenario.topology.hosts = 30;
    *record.totals.ports_min_free += 29 * record.totals.ports_capacity;
    record.totals.ports_capacity *= 30;
    record.scenario.load.rate = core::Rate{record.scenario.load.rate->per_second / 30};
    record.scenario.nat.profile = "gcp-cloud-nat";
    record.scenario.nat.ports_per_host = 64;
    record.scenario.nat.after_fin = 120s;
    record.nat = {64'512, 1920, 9600, 31'140, 0, 119.5};
    record.totals.cost.connect_stalls = 20'760;
    record.counters["TcpExt.TCPSynRetrans"] = 20'760;
    take_machine_away(record);
    return record;
}

}  // namespace portdrought::made
