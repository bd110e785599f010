#include "analysis/html/run_facts.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/laws/prediction.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::html {
namespace {

using record::RunRecord;

std::string count(const std::optional<std::uint64_t>& number) { return number ? text::thousands(*number) : ""; }

std::string name_of(const scenario::Scenario& scenario) {
    return scenario.name + (scenario.variant.empty() ? "" : ", " + scenario.variant);
}

void add_law(RunFacts& facts, const scenario::Scenario& scenario) {
    const laws::Prediction law = laws::predict(scenario);
    facts.holding = law.holding;
    facts.is_kept_by_time_wait =
        law.holding == scenario::Holding::time_wait || law.holding == scenario::Holding::bound_port;
    facts.capacity = text::thousands(law.capacity);
    if (law.offered) facts.rate = text::figure(law.offered->per_second) + "/s";
    if (law.holding != scenario::Holding::never_closed) facts.residence = text::seconds(law.residence());
    if (law.pairs_wanted && std::isfinite(*law.pairs_wanted))
        facts.wanted = text::thousands(static_cast<std::uint64_t>(std::llround(*law.pairs_wanted)));
    if (std::isfinite(law.sustainable_per_s)) facts.lasting = text::figure_below(law.sustainable_per_s) + "/s";
    facts.runs_out = law.runs_out();
    if (law.exhaustion) facts.predicted_exhaustion = text::seconds(*law.exhaustion);
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
    facts.name = name_of(scenario);
    facts.closer = scenario.load.closer;
    facts.is_modelled = record.model.has_value();
    facts.is_relayed = scenario.server.kind == scenario::ServerKind::relay;
    facts.time_wait = text::seconds(scenario::time_wait_length(scenario));
    const std::uint64_t pairs = scenario::port_capacity(scenario);
    const std::uint64_t ports = core::usable_ports(scenario::port_range(scenario.host), scenario.host.reserved_ports);
    facts.ports = text::thousands(ports);
    facts.times = text::thousands(ports > 0 ? pairs / ports : 0);
    add_law(facts, scenario);
    facts.attempts = text::thousands(totals.attempts);
    facts.connected = text::thousands(totals.connected);
    facts.ran_out = totals.outcomes.no_port() > 0;
    facts.without_port = text::thousands(totals.outcomes.no_port());
    if (totals.time_to_first_failure_s) facts.first_failure = text::seconds(*totals.time_to_first_failure_s);
    facts.peak = count(totals.time_wait_peak);
    facts.peak_client = count(totals.time_wait_peak_client);
    facts.peak_server = count(totals.time_wait_peak_server);
    facts.left_time_wait = totals.time_wait_peak.value_or(0) > 0;
    if (totals.achieved_rate_per_s) facts.made = text::figure(*totals.achieved_rate_per_s) + "/s";
    add_listing(facts, record);
    if (scenario.lab.time_scale != 1)
        facts.real_length = text::seconds(scenario::compressed(scenario, scenario::time_wait_length(scenario)));
    return facts;
}

}  // namespace portdrought::html
