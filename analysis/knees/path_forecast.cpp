#include "analysis/knees/path_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/laws/capacity.hpp"
#include "analysis/laws/chain.hpp"
#include "analysis/laws/erlang.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::knees {
namespace {

using laws::ChainPool;
using scenario::Scenario;

/// "NAT ports: 50,000 / 65 s / 4 hosts", "share of NAT ports: 64 / 120 s"
std::string words(const ChainPool& pool, core::Duration length, std::uint32_t hosts, const std::string& more) {
    const bool is_shared = !pool.of_each_host && hosts > 1;
    return fmt::format("{}: {} / {}{}{}", name(pool.kind), text::figure(pool.reachable), text::seconds(length), more,
                       is_shared ? fmt::format(" / {} hosts", text::thousands(hosts)) : "");
}

Forecast::Knee failure_of(const ChainPool& pool, const Scenario& scenario) {
    const std::uint32_t hosts = scenario.topology.hosts;
    if (pool.unserved > 0) return {0, "some hosts get no share of the NAT's ports"};
    const double of_each = pool.share * hosts;  // how much of one host's rate the pool sees
    const core::Duration duration = scenario.load.duration, filling = std::min(pool.residence(), duration);
    if (scenario.load.arrivals == core::Arrivals::poisson)
        return {
            laws::rate_of_failures(static_cast<std::uint64_t>(pool.reachable), pool.residence(), duration) / of_each,
            words(pool, filling, hosts, ", random arrivals (Erlang B)")};
    return {pool.reachable / core::seconds(filling) / of_each,
            words(pool, filling, hosts, filling < pool.residence() ? " (the whole run)" : "")};
}

Forecast::Knee ceiling_of(const ChainPool& pool, std::uint32_t hosts) {
    if (pool.residence() >= scenario::endless) return {0, fmt::format("{}: never given back", name(pool.kind))};
    return {pool.sustainable_per_s / hosts, words(pool, pool.residence(), hosts, "")};
}

/// Slots that are never free again, or too few of them, keep a rate away from the pool.
bool is_reached(const ChainPool& pool, const Forecast::Knee& knee, const Forecast& forecast, const Scenario& scenario) {
    const double slots = static_cast<double>(scenario.load.in_flight) * scenario.topology.hosts * pool.share;
    if (scenario.load.closer == core::Closer::never && slots <= pool.reachable) return false;
    return !forecast.law.slots_per_s || *knee.per_s < *forecast.law.slots_per_s;
}

/// True where the path's knee takes the place of the host's own. Equal ones differ by rounding.
bool lower(Forecast::Knee& knee, const Forecast::Knee& of_path) {
    constexpr double clearly = 1 - 1e-9;
    if (knee.per_s && *of_path.per_s >= *knee.per_s * clearly) return false;
    knee = of_path;
    return true;
}

}  // namespace

Forecast path_forecast(const Scenario& scenario) {
    Forecast result = forecast(scenario);
    if (result.is_silent) return result;
    const laws::Chain chain = laws::chain_of(scenario);
    for (const ChainPool& pool : chain.pools) {
        const bool is_the_hosts = pool.kind == laws::PoolKind::client_ports && scenario.topology.destination_skew == 0;
        if (is_the_hosts || !pool.fails() || !std::isfinite(pool.sustainable_per_s)) continue;
        const Forecast::Knee failure = failure_of(pool, scenario), ceiling = ceiling_of(pool, chain.hosts);
        if (is_reached(pool, failure, result, scenario)) lower(result.first_failure, failure);
        if (is_reached(pool, ceiling, result, scenario) && lower(result.ceiling, ceiling)) result.is_slot_bound = false;
    }
    return result;
}

}  // namespace portdrought::knees
