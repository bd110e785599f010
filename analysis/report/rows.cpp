#include "analysis/report/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/mechanism.hpp"
#include "analysis/findings/refusals.hpp"
#include "analysis/findings/safety.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"
#include "scenario/flat.hpp"

namespace portdrought::report {
namespace {

using core::Outcome;
using record::RunRecord;
using text::thousands;

Row attempts(const RunRecord& record) {
    Row row{"attempts", {thousands(record.totals.attempts)}};
    if (record.totals.attempts == 0) return row;
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        if (outcome == Outcome::ok || record.totals.outcomes[outcome] > 0)
            row.cells.push_back(findings::outcome_cell(record, outcome));
    }
    return row;
}

Row retries(const RunRecord& record) {
    Row row{"retries", {thousands(record.totals.retries) + " further tries"}};
    for (const auto& [error, count] : record.totals.errors)
        row.cells.push_back(fmt::format("{} {}", thousands(count), error));
    return row;
}

Row pool(const RunRecord& record) {
    const record::PoolUse& pool = *record.pool;
    const std::uint64_t requests = pool.reused + record.totals.connected;
    Row row{"pool", {fmt::format("reused {} of {}", thousands(pool.reused), thousands(requests))}};
    row.cells.push_back("opened " + thousands(record.totals.connected));
    const std::pair<std::uint64_t, const char*> closed[] = {{pool.closed_full, "full"},
                                                            {pool.closed_idle, "idle"},
                                                            {pool.closed_worn, "worn"},
                                                            {pool.closed_unread, "unread"}};
    for (const auto& [count, reason] : closed)
        if (count > 0) row.cells.push_back(fmt::format("closed {} {}", thousands(count), reason));
    return row;
}

Row relay(const RunRecord& record) {
    Row row{"relay", {"failed calls of its outbound leg"}};
    for (const auto& [error, count] : record.totals.relay_errors)
        row.cells.push_back(fmt::format("{} {}", thousands(count), error));
    return row;
}

std::string server_side(const RunRecord& record) {
    const auto& server = record.scenario.server;
    return scenario::destination_count(record.scenario.host) > 1
               ? "the server's side"
               : fmt::format("the server's side (port {})", server.port);
}

Row time_wait(const RunRecord& record) {
    const record::Totals& totals = record.totals;
    if (!totals.time_wait_peak) return {"TIME_WAIT", {"not counted"}};
    if (*totals.time_wait_peak == 0) return {"TIME_WAIT", {"none"}};
    const std::string peak = "peak " + thousands(*totals.time_wait_peak);
    const std::uint64_t client = totals.time_wait_peak_client.value_or(0);
    const std::uint64_t server = totals.time_wait_peak_server.value_or(0);
    if (client == 0 && server == 0) return {"TIME_WAIT", {peak, "the side was not counted"}};
    if (server == 0) return {"TIME_WAIT", {peak + ", all on the client's side"}};
    if (client == 0) return {"TIME_WAIT", {peak + ", all on " + server_side(record)}};
    return {"TIME_WAIT",
            {peak, thousands(client) + " on the client's side", thousands(server) + " on " + server_side(record)}};
}

std::string chosen_by_the_host(const RunRecord& record) {
    if (!findings::is_modelled(record)) return "chosen by the kernel";
    for (const auto& [key, text] : scenario::flatten(record.scenario))
        if (key == "host.port_search") return "searched as " + text + " does";
    return {};
}

std::string port_choice(const RunRecord& record) {
    const auto& host = record.scenario.host;
    if (host.bind_before_connect && !host.bind_address_no_port) return "chosen by bind()";
    switch (host.port_choice) {
        case scenario::PortChoice::kernel: return chosen_by_the_host(record);
        case scenario::PortChoice::sequential: return "taken in order";
        case scenario::PortChoice::random: return "chosen at random";
        case scenario::PortChoice::bound: return "bound by the program";
    }
    return {};
}

std::string worst_free(const RunRecord& record) {
    const record::Totals& totals = record.totals;
    if (!totals.ports_min_free) return "free ones not counted";
    if (*totals.ports_min_free == 0 && totals.time_to_first_failure_s)
        return "0 free, first at " + text::seconds(*totals.time_to_first_failure_s);
    return thousands(*totals.ports_min_free) + " free at worst";
}

Row ports(const RunRecord& record) {
    const auto& host = record.scenario.host;
    const bool plain = host.sources == 1 && (scenario::destination_count(host) == 1 || scenario::bind_is_for_all(host));
    const std::string pool = plain ? thousands(record.totals.ports_capacity) + " usable" : findings::pool_text(record);
    Row row{"ports", {pool + ", " + port_choice(record), worst_free(record)}};
    std::uint64_t reusable = 0;
    for (const record::Sample& sample : record.samples)
        reusable = std::max(reusable, sample.ports_reusable.value_or(0));
    if (reusable > 0 && scenario::bind_reuses_time_wait(host))
        row.cells.push_back(fmt::format("SO_REUSEADDR gave up to {} back", thousands(reusable)));
    else if (reusable > 0 && !scenario::bind_takes_port(host))
        row.cells.push_back(fmt::format("tw_reuse {} up to {} back",
                                        scenario::tw_reuse_works(record.scenario) ? "gave" : "would give",
                                        thousands(reusable)));
    return row;
}

std::string offered_by_each(const RunRecord& record) {
    const std::uint32_t hosts = record.scenario.topology.hosts;
    const std::string rate = text::figure(record.scenario.load.rate->per_second) + "/s";
    if (hosts == 1) return rate;
    // A trace is offered once, whatever the number of hosts.
    return record.scenario.load.arrivals == core::Arrivals::trace ? rate + " together"
                                                                  : thousands(hosts) + " x " + rate;
}

Row rate(const RunRecord& record) {
    const record::Totals& totals = record.totals;
    Row row{"rate", {}};
    if (record.scenario.load.rate)
        row.cells.push_back("offered " + offered_by_each(record));
    else
        row.cells.push_back(fmt::format("as fast as {} slots allow", thousands(record.scenario.load.in_flight)));
    if (record.scenario.load.admission)
        row.cells.push_back("let through " + text::figure(record.scenario.load.admission->per_second) + "/s");
    if (totals.achieved_rate_per_s) row.cells.push_back("made " + text::figure(*totals.achieved_rate_per_s) + "/s");
    if (totals.sustained_rate_per_s) {
        row.cells.push_back(fmt::format("once full {}/s (law: {})", text::figure(*totals.sustained_rate_per_s),
                                        findings::law_once_full(record.scenario)));
    }
    return row;
}

Row connect(const RunRecord& record) {
    if (record.connect.count() == 0)
        return {"connect",
                {record.model && record.totals.connected > 0 ? "takes no time: the model has no costs of such hosts"
                                                             : "no connection was made"}};
    Row row{
        "connect",
        {"p50 " + text::latency(record.connect.quantile(0.5)), "p99 " + text::latency(record.connect.quantile(0.99))}};
    if (record.connect_intended.count() > 0)
        row.cells.push_back("p99 from intended start " + text::latency(record.connect_intended.quantile(0.99)));
    return row;
}

std::string cost_cell(const char* name, std::uint64_t count) {
    return fmt::format("{} {}", name, count == 0 ? "none" : thousands(count));
}

Row cost(const RunRecord& record) {
    const record::Cost& cost = record.totals.cost;
    Row row{"cost", {cost_cell("resets", cost.resets_seen_by_peer)}};
    if (cost.transfers_cut) row.cells.push_back(cost_cell("transfers cut", *cost.transfers_cut));
    if (cost.bytes_lost)
        row.cells.push_back("bytes lost " +
                            (cost.bytes_lost == 0 ? std::string{"none"} : text::bytes(*cost.bytes_lost)));
    if (cost.time_wait_overflow) row.cells.push_back(cost_cell("TIME_WAIT skipped", *cost.time_wait_overflow));
    if (cost.ports_reused_early) row.cells.push_back(cost_cell("ports reused early", *cost.ports_reused_early));
    if (cost.connect_stalls) row.cells.push_back(cost_cell("connect stalls", *cost.connect_stalls));
    if (cost.cpu_us_per_connection)
        row.cells.push_back(text::figure(*cost.cpu_us_per_connection) + " us CPU per " +
                            (record.pool ? "request" : "connection"));
    return row;
}

Row enforced(const RunRecord& record) {
    const core::Duration length = scenario::time_wait_length(record.scenario);
    if (!record.enforced) return {"enforced", {"nothing: " + text::seconds(length) + " is the kernel's own length"}};
    const record::Enforced& enforced = *record.enforced;
    std::string text = text::seconds(length);
    if (enforced.wanted != length) text += fmt::format(" as {:.3f} s", core::seconds(enforced.wanted));
    if (enforced.lateness.count() == 0) return {"enforced", {text + ": no pair reached its end"}};
    Row row{"enforced",
            {fmt::format("{}: p50 {}, p99 {}", text, text::difference(enforced.lateness.quantile(0.5)),
                         text::difference(enforced.lateness.quantile(0.99)))}};
    if (enforced.already_gone > 0) row.cells.push_back(thousands(enforced.already_gone) + " reused before");
    if (enforced.refreshes > 0)
        row.cells.push_back("renewed by " + text::counted(enforced.refreshes, "stale ACK") + " (rfc1337 on)");
    if (enforced.foreign > 0)
        row.cells.push_back(fmt::format("{} of another process, known to {}", thousands(enforced.foreign),
                                        text::latency(enforced.foreign_precision.value_or(core::Duration{0}))));
    return row;
}

Row duplicates(const record::Duplicates& result) {
    Row row{"duplicates", {text::counted(result.trials, "trial") + " with segments of old connections"}};
    const auto add = [&row](std::uint64_t count, const char* words) {
        if (count > 0) row.cells.push_back(fmt::format(fmt::runtime(words), thousands(count)));
    };
    add(result.accepted, "accepted {}: old data in new connections");
    add(result.stale_accepted, "{} with their own sequence numbers");
    add(result.dropped_paws, "dropped by PAWS {}");
    add(result.dropped_other, "dropped {}");
    add(result.killed + result.stale_killed, "ended the new connection {}");
    add(result.pair_refused, "pair refused {}: still in TIME_WAIT");
    add(result.time_wait_killed, "TIME_WAIT ended by a stale segment {}");
    add(result.time_wait_kept, "TIME_WAIT outlived a stale segment {}");
    return row;
}

Row nat(const RunRecord& record) {
    const record::NatUse& nat = *record.nat;
    Row row{"NAT", {record.scenario.nat.profile}};
    row.cells.push_back(fmt::format("{} flows towards one destination", thousands(nat.capacity)));
    row.cells.push_back(fmt::format("peak {} in all", thousands(nat.peak)));
    row.cells.push_back(nat.dropped == 0 ? std::string{"no SYN dropped"}
                                         : fmt::format("dropped {}", text::counted(nat.dropped, "SYN")));
    if (nat.first_drop_s) row.cells.back() += ", first at " + text::seconds(*nat.first_drop_s);
    if (nat.evicted > 0) row.cells.push_back(fmt::format("{} closed flows gave way", thousands(nat.evicted)));
    return row;
}

/// What plays the part of a machine in a modelled run.
Row modelled(const RunRecord& record) {
    const scenario::Topology& topology = record.scenario.topology;
    Row row{"model",
            {topology.hosts == 1
                 ? "a host with " + record.scenario.host.profile + " values"
                 : fmt::format("{} hosts with {} values", thousands(topology.hosts), record.scenario.host.profile)}};
    if (record.model && record.totals.cost.cpu_us_per_connection)
        row.cells.push_back("CPU and connect by costs, " + record.model->costs_source);
    else
        row.cells.push_back("CPU and connect not modelled for it");
    return row;
}

Row unverified(const RunRecord& record) {
    Row row{"unverified", {}};
    for (const std::string& sentence : findings::unverified(record))
        row.cells.push_back(findings::without_reason(sentence));
    if (row.cells.empty()) row.cells.push_back("no value of a profile");
    return row;
}

Row emulated(const RunRecord& record) {
    return {"host", {fmt::format("{} values on Linux {}", record.scenario.host.profile, record.host.kernel)}};
}

}  // namespace

std::vector<Row> rows_of(const RunRecord& record) {
    std::vector<Row> rows{attempts(record)};
    if (record.totals.retries > 0) rows.push_back(retries(record));
    if (!record.totals.relay_errors.empty()) rows.push_back(relay(record));
    if (record.pool) rows.push_back(pool(record));
    rows.push_back(time_wait(record));
    if (record.totals.fin_wait_2_peak.value_or(0) > record::fin_wait_2_in_passing)
        rows.push_back(
            {"FIN_WAIT_2", {"peak " + thousands(*record.totals.fin_wait_2_peak) + ": closed here, not by the peer"}});
    rows.push_back(ports(record));
    rows.push_back(rate(record));
    rows.push_back(connect(record));
    rows.push_back(cost(record));
    if (record.totals.attempts > 0) rows.push_back({"safety", {findings::safety(record).words}});
    if (record.nat) rows.push_back(nat(record));
    if (record.enforced || !findings::is_modelled(record)) rows.push_back(enforced(record));
    if (record.duplicates) rows.push_back(duplicates(*record.duplicates));
    if (findings::is_modelled(record)) {
        rows.push_back(modelled(record));
        rows.push_back(unverified(record));
    } else if (record.scenario.host.profile != "linux") {
        rows.push_back(emulated(record));
    }
    return rows;
}

}  // namespace portdrought::report
