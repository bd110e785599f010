#include "analysis/html/run_facts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/findings/finding.hpp"
#include "analysis/laws/capacity.hpp"
#include "analysis/laws/chain.hpp"
#include "analysis/text/numbers.hpp"
#include "record/totals.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::html {
namespace {

using record::RunRecord;

std::string count(const std::optional<std::uint64_t>& number) { return number ? text::thousands(*number) : ""; }

NatFacts nat_facts(const laws::ChainPool& pool, std::uint32_t hosts) {
    NatFacts facts{pool.kind,
                   pool.of_each_host && hosts > 1,
                   text::figure(pool.reachable),
                   "",
                   text::figure(pool.sustainable_per_s) + "/s",
                   ""};
    if (pool.residence() < scenario::endless) facts.residence = text::seconds(pool.residence());
    if (pool.unserved > 0) facts.unserved = text::percent(pool.unserved);
    return facts;
}

/// Of all hosts together, and of the NAT behind them.
void add_chain(RunFacts& facts, const RunRecord& record) {
    const laws::Chain chain = laws::chain_of(record.scenario);
    const laws::ChainPool* full = chain.first_full();
    const laws::ChainPool& pool = full != nullptr ? *full : chain.weakest();
    facts.is_hot = chain.pools.front().share * chain.hosts < 1;
    facts.is_predicted = chain.offered.has_value();
    if (laws::is_of_nat(pool.kind) && std::isfinite(pool.sustainable_per_s)) facts.nat = nat_facts(pool, chain.hosts);
    if (full == nullptr) return;
    facts.predicted_exhaustion = text::seconds(*full->exhaustion);
    facts.nat_is_full_first = laws::is_of_nat(full->kind);
    facts.is_too_short = core::seconds(*full->exhaustion) >= record::load_end_s(record);
}

/// The same figures as the verdict's (findings/mechanism.hpp).
void add_law(RunFacts& facts, const RunRecord& record) {
    const scenario::Scenario& scenario = record.scenario;
    const laws::Prediction law = laws::predict(scenario);
    facts.holding = law.holding;
    if (law.holding != scenario::Holding::never_closed) facts.residence = text::seconds(law.residence());
    if (law.offered) {
        const double rate = findings::opened_per_s(record);
        const double wanted = laws::little(core::Rate{rate}, law.residence());
        facts.rate = text::figure(rate) + "/s";
        if (!facts.residence.empty() && std::isfinite(wanted)) facts.wanted = text::figure(wanted);
    }
    if (std::isfinite(law.sustainable_per_s))
        facts.lasting = text::figure(law.sustainable_per_s * scenario.topology.hosts) + "/s";
    add_chain(facts, record);
}

void add_places(RunFacts& facts, const RunRecord& record) {
    const scenario::Host& host = record.scenario.host;
    const std::uint64_t capacity = record.totals.ports_capacity;
    facts.capacity = facts.usable = text::thousands(capacity);
    facts.ports = text::thousands(core::usable_ports(scenario::port_range(host), host.reserved_ports));
    facts.sources = host.sources;
    facts.hosts = record.scenario.topology.hosts;
    facts.destinations = scenario::bind_is_for_all(host) ? 1 : scenario::destination_count(host);
    const std::uint64_t each = scenario::port_capacity(record.scenario), left = laws::predict(record.scenario).capacity;
    const std::uint64_t bound = (each - left) * facts.hosts;
    if (bound == 0 || bound > capacity) return;
    facts.bound = text::thousands(bound);
    facts.usable = text::thousands(capacity - bound);
}

/// How far the attempts came. A record may hold any numbers.
void add_attempts(RunFacts& facts, const RunRecord& record) {
    using core::Outcome;
    const core::OutcomeCounts& outcomes = record.totals.outcomes;
    const std::uint64_t attempts = record.totals.attempts, ok = outcomes[Outcome::ok];
    const std::uint64_t reused = record.pool ? record.pool->reused : 0;
    const std::pair<WithoutNeed, std::uint64_t> others[] = {
        {WithoutNeed::refused_locally, outcomes[Outcome::refused_locally]},
        {WithoutNeed::never_started, outcomes[Outcome::late]},
        {WithoutNeed::no_resources, outcomes[Outcome::fd_limit] + outcomes[Outcome::no_memory]},
        {WithoutNeed::unfinished, outcomes[Outcome::unfinished]},
        {WithoutNeed::open_connection, reused}};
    std::uint64_t spared = 0;
    for (const auto& [why, count] : others) {
        spared += count;
        if (count > 0) facts.spared.push_back({why, text::thousands(count)});
    }
    facts.attempts = text::thousands(attempts);
    facts.ok = text::thousands(ok);
    facts.connected = text::thousands(record.totals.connected);
    facts.without_port = text::thousands(outcomes.no_port());
    facts.ran_out = outcomes.no_port() > 0;
    facts.all_ok = ok == attempts && reused == 0;
    facts.needing = text::thousands(attempts - std::min(spared, attempts));
    const std::uint64_t elsewhere = outcomes.failed() - outcomes.no_port(), before = spared - reused;
    if (elsewhere > before) facts.failed_with_port = text::thousands(elsewhere - before);
}

void add_refusals(RunFacts& facts, const RunRecord& record) {
    if (const std::uint64_t calls = record::relay_without_port(record.totals); calls > 0)
        facts.relay_without_port = text::thousands(calls);
    if (!record.nat || record.nat->dropped == 0) return;
    facts.dropped = text::thousands(record.nat->dropped);
    if (record.nat->first_drop_s) facts.first_drop = text::seconds(*record.nat->first_drop_s);
}

void add_listing(RunFacts& facts, const RunRecord& record) {
    if (!record.listing) return;
    const auto& rows = record.listing->rows;
    facts.rows = text::thousands(rows.size());
    facts.ownerless =
        text::thousands(static_cast<std::uint64_t>(std::ranges::count(rows, 0U, &record::Connection::inode)));
}

}  // namespace

RunFacts run_facts(const RunRecord& record) {
    const scenario::Scenario& scenario = record.scenario;
    const record::Totals& totals = record.totals;
    RunFacts facts;
    facts.name = scenario::full_name(scenario);
    facts.closer = scenario.load.closer;
    facts.is_modelled = record.model.has_value();
    facts.time_wait = text::seconds(scenario::time_wait_length(scenario));
    add_places(facts, record);
    add_law(facts, record);
    add_attempts(facts, record);
    add_refusals(facts, record);
    if (totals.time_to_first_failure_s) facts.first_failure = text::seconds(*totals.time_to_first_failure_s);
    facts.peak = count(totals.time_wait_peak);
    facts.peak_client = count(totals.time_wait_peak_client);
    facts.left_time_wait = totals.time_wait_peak.value_or(0) > 0;
    if (totals.achieved_rate_per_s) facts.made = text::figure(*totals.achieved_rate_per_s) + "/s";
    add_listing(facts, record);
    if (scenario.lab.time_scale != 1)
        facts.real_length = text::seconds(scenario::compressed(scenario, scenario::time_wait_length(scenario)));
    return facts;
}

}  // namespace portdrought::html
