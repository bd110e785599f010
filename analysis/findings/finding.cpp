#include "analysis/findings/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/cliff.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/text/numbers.hpp"
#include "record/totals.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::findings {
namespace {

using core::Outcome;
using record::RunRecord;

}  // namespace

Finding finding_of(const RunRecord& record) {
    const core::OutcomeCounts& outcomes = record.totals.outcomes;
    if (record.totals.attempts == 0) return Finding::nothing_attempted;
    if (outcomes.no_port() > 0)
        return outcomes[Outcome::no_port_bind] > outcomes[Outcome::no_port_connect] ? Finding::bind_ran_out
                                                                                    : Finding::ports_ran_out;
    if (record::relay_without_port(record.totals) > 0) return Finding::relay_ran_out;
    const std::uint64_t not_started = outcomes[Outcome::late] + outcomes[Outcome::refused_locally];
    if (outcomes.failed() > not_started + outcomes[Outcome::unfinished]) return Finding::failed_otherwise;
    if (has_latency_cliff(record)) return Finding::latency_cliff;
    if (outcomes[Outcome::late] > 0) return Finding::fell_behind;
    return outcomes[Outcome::refused_locally] > 0 ? Finding::held_back : Finding::no_failure;
}

bool may_have_cliff(const RunRecord& record) {
    const auto& host = record.scenario.host;
    if (host.port_choice != scenario::PortChoice::kernel || host.port_window || scenario::bind_takes_port(host))
        return false;
    // Where SYNs had to be sent again, that is what connect() waited for.
    if (record.totals.cost.connect_stalls.value_or(0) * 100 > record.totals.connected) return false;
    return most_ports_in_use(record) * 2 > record.totals.ports_capacity;
}

bool has_latency_cliff(const RunRecord& record) {
    return may_have_cliff(record) &&
           shows_cliff(record.connect.quantile(0.1), record.connect.quantile(0.95), record.connect.quantile(0.99));
}

double opened_per_s(const RunRecord& record) {
    if (const auto offered = laws::connections_offered(record.scenario))
        return offered->per_second * record.scenario.topology.hosts;
    if (!record.totals.time_to_first_failure_s) return record.totals.achieved_rate_per_s.value_or(0);
    // From the last sample before the knee: one that spans it would mix in the time without ports.
    double rate = record.totals.achieved_rate_per_s.value_or(0);
    for (const record::Sample& sample : record.samples) {
        if (sample.t_s > *record.totals.time_to_first_failure_s) break;
        if (sample.t_s > 0) rate = static_cast<double>(sample.connected) / sample.t_s;
    }
    return rate;
}

std::uint64_t most_ports_in_use(const RunRecord& record) {
    std::uint64_t most = record.totals.time_wait_peak_client.value_or(0);
    if (record.totals.ports_min_free && *record.totals.ports_min_free <= record.totals.ports_capacity)
        most = std::max(most, record.totals.ports_capacity - *record.totals.ports_min_free);
    for (const record::Sample& sample : record.samples) most = std::max(most, sample.ports_in_use.value_or(0));
    return most;
}

std::string errno_names(const std::map<std::string, std::uint64_t>& errors, std::string_view call) {
    std::string names;
    for (const auto& [error, count] : errors) {
        if (count == 0 || !error.starts_with(std::string{call} + '/')) continue;
        names += (names.empty() ? "" : ", ") + error.substr(call.size() + 1);
    }
    return names;
}

std::string pool_text(const RunRecord& record) {
    const auto& host = record.scenario.host;
    const std::uint64_t capacity = record.totals.ports_capacity;
    const std::uint32_t destinations = scenario::bind_is_for_all(host) ? 1 : scenario::destination_count(host);
    const std::uint32_t hosts = record.scenario.topology.hosts;
    if (destinations * host.sources * hosts <= 1) return text::counted(capacity, "port");
    std::string product = text::counted(core::usable_ports(scenario::port_range(host), host.reserved_ports), "port");
    if (host.sources > 1) product += fmt::format(" x {} source addresses", host.sources);
    if (hosts > 1) product += fmt::format(" x {} hosts", text::thousands(hosts));
    if (destinations > 1) product += fmt::format(" x {} destinations", destinations);
    return fmt::format("{} ({})", text::counted(capacity, "pair"), product);
}

std::string engine_text(const RunRecord& record) {
    std::string text = record.engine + " engine";
    if (record.scenario.lab.time_scale != 1) text += ", compressed x" + text::figure(record.scenario.lab.time_scale);
    if (record.scenario.server.drops_syn > 0 && !is_modelled(record)) text += ", dropped SYNs emulated";
    return text;
}

}  // namespace portdrought::findings
