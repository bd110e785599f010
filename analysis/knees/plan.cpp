#include "analysis/knees/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/laws/capacity.hpp"
#include "scenario/profile.hpp"
#include "scenario/rules.hpp"

namespace portdrought::knees {
namespace {

using laws::Holding;
using scenario::Scenario;

/// On a host of its own a thread does not also play the server: what is left of an attempt is connect().
core::Costs connect_alone() {
    core::Costs cost;
    cost.connection = cost.connect;
    return cost;
}

/// The reader would refuse it with the rest of the scenario: no advice.
bool is_refused(const Scenario& changed, const Scenario& base) {
    return scenario::findings(changed, {}).size() > scenario::findings(base, {}).size();
}

/// Where nothing lasts as it is there are no factors, but more and less.
double headroom(const Mitigation& item) {
    return item.factor.value_or(item.lasts_per_s.value_or(std::numeric_limits<double>::infinity()));
}

void sort_by_headroom(std::vector<Mitigation>& items) {
    std::ranges::stable_sort(items, std::ranges::greater{}, headroom);
}

/// Beyond the limit on TIME_WAIT ports last, but not what TIME_WAIT is for: what lasts is what is kept apart.
void limit_to_protected(Mitigation& item, std::uint32_t hosts) {
    const auto& each = item.forecast.protected_per_s;
    if (!each) return;
    item.lasts_per_s = *each * hosts * item.attempts_per_connection;
    item.cost += "; beyond the limit on TIME_WAIT (host.max_time_wait) closes leave none";
    item.price += "; then no TIME_WAIT";
}

// ---- one host

double failing_share_of(const laws::Prediction& law) {
    if (!law.offered || !law.runs_out() || law.holding == Holding::never_closed || law.pairs_at_most) return 0;
    const double opened = std::min(law.offered->per_second, law.slots_per_s.value_or(law.offered->per_second));
    return laws::failing_fraction(law.capacity, {opened}, law.residence());
}

void calculate(Mitigation& item, const Forecast& before) {
    item.forecast = forecast(item.scenario);
    if (item.ends_limit) return;
    const auto lasting = item.forecast.lasting().per_s, lasted = before.lasting().per_s;
    if (lasting) item.lasts_per_s = *lasting * item.attempts_per_connection;
    limit_to_protected(item, 1);
    if (item.lasts_per_s && lasted && *lasted > 0) item.factor = *item.lasts_per_s / *lasted;
}

void plan_host(Plan& plan, const Scenario& host) {
    plan.failing_share = failing_share_of(plan.forecast.law);
    // Nothing to mitigate where no port stays taken, where slots are the limit, or where nobody ever closes.
    const auto& ceiling = plan.forecast.ceiling.per_s;
    if (!ceiling || *ceiling == 0 || plan.forecast.is_slot_bound) return;
    plan.mitigations = host_mitigations(host);
    for (Mitigation& item : plan.mitigations) calculate(item, plan.forecast);
}

// ---- several hosts, or a NAT

bool is_chain(const Scenario& scenario) { return scenario.nat.is_there() || scenario.topology.hosts > 1; }

/// Connections of one host per second.
double lasts_for_each(const laws::Chain& chain) { return chain.weakest().sustainable_per_s / chain.hosts; }

void calculate(Mitigation& item, const laws::Chain& before) {
    item.forecast = forecast(item.scenario);
    item.chain = laws::chain_of(item.scenario);
    const double each = lasts_for_each(*item.chain);
    if (item.ends_limit) return;
    if (!std::isfinite(each)) return limit_to_protected(item, item.chain->hosts);
    item.lasts_per_s = each * item.chain->hosts * item.attempts_per_connection;
    if (lasts_for_each(before) > 0) item.factor = each * item.attempts_per_connection / lasts_for_each(before);
}

/// Of two that do the same only the one that is about the NAT.
void drop_twins(std::vector<Mitigation>& items) {
    const auto has_later_twin = [&items](const Mitigation& item) {
        const auto* const after = &item + 1;
        const auto* const end = items.data() + items.size();
        return std::find_if(after, end, [&](const Mitigation& other) { return other.settings == item.settings; }) !=
               end;
    };
    std::vector<Mitigation> kept;
    for (const Mitigation& item : items)
        if (!has_later_twin(item)) kept.push_back(item);
    items = std::move(kept);
}

void plan_chain(Plan& plan, const Scenario& scenario) {
    plan.chain = laws::chain_of(scenario);
    const bool is_known = !plan.forecast.law.pairs_at_most || plan.chain->weakest().unserved > 0;
    plan.failing_share = is_known ? plan.chain->failing_share() : 0;
    const laws::ChainPool& weakest = plan.chain->weakest();
    const bool comes_back = weakest.residence() < core::Duration::max() / 2;
    if (plan.forecast.is_silent || !std::isfinite(weakest.sustainable_per_s) || !comes_back) return;
    plan.mitigations = host_mitigations(scenario);
    std::ranges::move(nat_mitigations(scenario), std::back_inserter(plan.mitigations));
    drop_twins(plan.mitigations);
    for (Mitigation& item : plan.mitigations) calculate(item, *plan.chain);
}

}  // namespace

Plan plan_for(const Scenario& scenario) {
    Plan plan;
    plan.scenario = scenario;
    plan.unverified = scenario::unverified(scenario);
    Scenario host = scenario;
    host.lab.time_scale = 1;
    plan.forecast = forecast(host, connect_alone());
    is_chain(host) ? plan_chain(plan, host) : plan_host(plan, host);
    std::erase_if(plan.mitigations, [&](const Mitigation& item) { return is_refused(item.scenario, host); });
    sort_by_headroom(plan.mitigations);
    return plan;
}

}  // namespace portdrought::knees
