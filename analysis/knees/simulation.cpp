#include "analysis/knees/simulation.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/laws/load_peak.hpp"

namespace portdrought::knees {
namespace {

using scenario::Scenario;

/// The pool whose residence time sets the length of a run: the one that is full first, or else the weakest.
const laws::ChainPool& pacing_pool(const laws::Chain& chain) {
    const laws::ChainPool* const full = chain.first_full();
    return full != nullptr ? *full : chain.weakest();
}

/// Seconds that a place stays taken; of one that never comes back, those until the pool is full.
double period_s(const laws::Chain& chain) {
    const laws::ChainPool& pool = pacing_pool(chain);
    if (pool.residence() < core::Duration::max() / 2) return std::max(core::seconds(pool.residence()), 1.0);
    return pool.exhaustion ? core::seconds(*pool.exhaustion) : 60;
}

double duration_s(const laws::Chain& chain, const scenario::Load& load, const SimulationLimits& limits, double least) {
    const double course = core::seconds(laws::period_of(load));
    const double most = std::max(24.0 * 3600, course);
    const double wanted = std::max({least, std::ceil(period_s(chain) * limits.residences), course});
    const double affordable = chain.offered ? limits.most_attempts / chain.offered->per_second : wanted;
    return std::clamp(std::min(wanted, affordable), 0.001, most);
}

bool can_be_played(const Scenario& scenario) { return laws::connections_offered(scenario).has_value(); }

Expected expected_of(const Scenario& scenario) {
    const laws::Chain chain = laws::chain_of(scenario);
    if (!chain.offered) return {};
    Expected result;
    // Of a load that varies only how much is offered is known, where none of it fails.
    if (!laws::varies(scenario.load) || chain.first_full() == nullptr)
        result.sustained_per_s = chain.offered->per_second * (1 - chain.failing_share());
    if (const laws::ChainPool* full = chain.first_full()) result.first_full_s = core::seconds(*full->exhaustion);
    return result;
}

Scenario uncompressed(Scenario scenario) {
    scenario.lab.time_scale = 1;
    return scenario;
}

Played play_one(const Scenario& scenario, const Player& play) {
    return played(play(scenario), period_s(laws::chain_of(scenario)));
}

}  // namespace

Scenario to_play(const Scenario& scenario, const SimulationLimits& limits, core::Duration least) {
    constexpr double most_slots = 100'000, spare = 2;
    Scenario s = uncompressed(scenario);
    s.lab.engine = scenario::Engine::model;
    const laws::Chain chain = laws::chain_of(s);
    s.load.duration = core::from_seconds(duration_s(chain, s.load, limits, core::seconds(least)));
    if (!s.load.rate) return s;
    const double waiting = s.load.rate->per_second * core::seconds(s.load.timeout + s.load.hold) * spare;
    const auto slots = static_cast<std::uint32_t>(std::min(waiting + 1, most_slots));
    if (s.load.closer != core::Closer::never) s.load.in_flight = std::max(s.load.in_flight, slots);
    return s;
}

Expected expected(const Plan& plan) { return expected_of(uncompressed(plan.scenario)); }

Expected expected(const Mitigation& item) {
    Expected result = expected_of(uncompressed(item.scenario));
    if (result.sustained_per_s) *result.sustained_per_s *= item.attempts_per_connection;
    return result;
}

void simulate(Plan& plan, const Player& play, const SimulationLimits& limits) {
    if (!can_be_played(plan.scenario)) return;
    const Scenario base = to_play(plan.scenario, limits);
    plan.played = play_one(base, play);
    std::uint32_t count = 0;
    bool go_on = !plan.played->interrupted;
    for (Mitigation& item : plan.mitigations) {
        if (!go_on || count == limits.most_mitigations) return;
        if (item.is_useless() || !can_be_played(item.scenario)) continue;
        item.played = play_one(to_play(item.scenario, limits, base.load.duration), play);
        if (item.played->sustained_per_s) *item.played->sustained_per_s *= item.attempts_per_connection;
        go_on = !item.played->interrupted;
        ++count;
    }
}

}  // namespace portdrought::knees
