#include "analysis/laws/chain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "analysis/laws/capacity.hpp"
#include "analysis/laws/load_peak.hpp"
#include "analysis/laws/nat.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::laws {
namespace {

using scenario::Scenario;

/// What the pools of one scenario have in common.
struct Path {
    const Scenario& scenario;
    Prediction client;
    std::optional<core::Rate> offered;
    std::uint64_t destinations;
    std::vector<double> popularities;  // each destination's share of all connections, the most popular first

    double one_host() const { return 1.0 / scenario.topology.hosts; }
    bool is_skewed() const { return scenario.topology.destination_skew > 0 && destinations > 1; }
};

std::optional<core::Rate> offered_together(const Scenario& scenario, const Prediction& client) {
    if (!client.offered || !client.answered) return std::nullopt;
    const double each = std::min(client.offered->per_second, client.slots_per_s.value_or(client.offered->per_second));
    const bool is_of_all = scenario.load.arrivals == core::Arrivals::trace;  // a trace is offered once
    return core::Rate{is_of_all ? each : each * scenario.topology.hosts};
}

double sustainable_of(const ChainPool& pool, const scenario::Load& load) {
    if (pool.unserved > 0 || pool.residence() >= core::Duration::max() / 2) return 0;
    if (pool.residence() <= core::Duration{0}) return std::numeric_limits<double>::infinity();
    const double worst = varies(load) ? worst_window_s(load, pool.residence()) : core::seconds(pool.residence());
    return pool.reachable / worst / pool.share;
}

/// Slots that never come back are gone before the pool is.
bool slots_end_first(const ChainPool& pool, const Scenario& scenario) {
    const double slots = static_cast<double>(scenario.load.in_flight) * scenario.topology.hosts;
    return scenario.load.closer == core::Closer::never && slots * pool.share <= pool.reachable;
}

std::optional<core::Duration> exhaustion_of(const ChainPool& pool, const Path& path) {
    if (path.offered && pool.unserved > 0) return core::Duration{0};
    if (!path.offered || slots_end_first(pool, path.scenario)) return std::nullopt;
    return time_to_fill(path.scenario.load, static_cast<std::uint64_t>(pool.reachable),
                        core::Rate{path.offered->per_second * pool.share}, pool.residence());
}

/// Each destination has places of its own, of which the most popular one's are full first.
bool has_places_by_destination(const ChainPool& pool, const Path& path) {
    if (!path.is_skewed() || pool.kind == PoolKind::nat_table || pool.kind == PoolKind::server_time_wait) return false;
    return pool.kind != PoolKind::client_ports || !scenario::bind_is_for_all(path.scenario.host);
}

/// Of `wanted_per_s` those that `places` let in, with the whole of them towards one destination, or the places of each
/// destination towards each by its popularity.
double let_in(double wanted_per_s, double places, const ChainPool& pool, const Path& path, bool by_destination) {
    if (pool.residence() <= core::Duration{0}) return wanted_per_s;
    const double lasts = places / core::seconds(pool.residence());
    if (!by_destination) return std::min(wanted_per_s, lasts);
    double all = 0;
    for (const double popularity : path.popularities) all += std::min(wanted_per_s * popularity, lasts);
    return all;
}

std::optional<double> accepted_of(const ChainPool& pool, const Path& path) {
    if (!path.offered) return std::nullopt;
    const double hosts = path.scenario.topology.hosts, all = path.offered->per_second;
    const bool by_destination = has_places_by_destination(pool, path);
    if (!pool.of_each_host) return let_in(all, pool.reachable, pool, path, by_destination);
    const double each = let_in(all / hosts, pool.reachable, pool, path, by_destination);
    if (pool.kind != PoolKind::host_share || pool.unserved > 0) return each * hosts * (1 - pool.unserved);
    const LastGrowth growth = last_growth(path.scenario.nat, path.scenario.topology.hosts);
    const auto lucky = static_cast<double>(growth.hosts);
    const double more = static_cast<double>(growth.share) /
                        static_cast<double>(grown_share(path.scenario.nat, path.scenario.topology.hosts));
    return each * (hosts - lucky) + let_in(all / hosts, pool.reachable * more, pool, path, by_destination) * lucky;
}

ChainPool finished(ChainPool pool, const Path& path) {
    if (pool.reachable == 0) pool.reachable = static_cast<double>(pool.capacity);
    pool.open = path.client.open;
    pool.sustainable_per_s = sustainable_of(pool, path.scenario.load);
    pool.exhaustion = exhaustion_of(pool, path);
    pool.accepted_per_s = accepted_of(pool, path);
    return pool;
}

/// A NAT that keeps source ports knows a flow by its host's pair, and a new flow on the pair ends what is left of the
/// former one (nf_conntrack): there are never more entries than pairs of all hosts, and those may all fit.
void limit_to_pairs(ChainPool& pool, const Path& path) {
    const bool keeps_ports = path.scenario.nat.port_choice == scenario::NatPorts::preserve;
    const double pairs = static_cast<double>(path.client.capacity) * path.scenario.topology.hosts;
    if (!keeps_ports || path.is_skewed() || pairs > pool.reachable) return;
    pool.sustainable_per_s = std::numeric_limits<double>::infinity();
    pool.exhaustion.reset();
}

/// `towards_one` places for each destination: all of them, or those of the most popular one, which is full before.
void spread(ChainPool& pool, std::uint64_t towards_one, const Path& path) {
    pool.capacity = path.is_skewed() ? towards_one : towards_one * path.destinations;
    if (path.is_skewed()) pool.share *= path.popularities.front();
}

ChainPool client_ports(const Path& path) {
    ChainPool pool;
    pool.share = path.one_host();
    pool.capacity = path.client.capacity;
    if (has_places_by_destination(pool, path)) spread(pool, path.client.capacity / path.destinations, path);
    pool.after_close = path.client.after_close;
    pool = finished(pool, path);
    if (keeps_fewer_than(static_cast<double>(path.client.capacity), path.scenario, path.client.holding)) {
        pool.sustainable_per_s = std::numeric_limits<double>::infinity();
        pool.exhaustion.reset();
    }
    return pool;
}

ChainPool of_nat(PoolKind kind, const Path& path) {
    ChainPool pool;
    pool.kind = kind;
    pool.symptom = Symptom::syn_timeout;
    pool.after_close = nat_holds_for(path.scenario.nat, path.client.holding);
    return pool;
}

ChainPool host_share(const Path& path) {
    ChainPool pool = of_nat(PoolKind::host_share, path);
    pool.share = path.one_host();
    const std::uint32_t hosts = path.scenario.topology.hosts;
    const std::uint64_t first = first_share(path.scenario.nat, hosts);
    pool.unserved = std::max(0.0, 1 - static_cast<double>(shares_there_are(path.scenario.nat, hosts)) / hosts);
    spread(pool, pool.unserved > 0 ? first : grown_share(path.scenario.nat, hosts), path);
    return finished(pool, path);
}

ChainPool shared_nat_ports(const Path& path) {
    ChainPool pool = of_nat(PoolKind::nat_ports, path);
    pool.of_each_host = false;
    spread(pool, nat_ports_towards_one(path.scenario.nat), path);
    pool.reachable = reachable(path.scenario.nat, pool.capacity);
    pool = finished(pool, path);
    limit_to_pairs(pool, path);
    return pool;
}

ChainPool nat_table(const Path& path) {
    ChainPool pool = of_nat(PoolKind::nat_table, path);
    pool.of_each_host = false;
    pool.capacity = *path.scenario.nat.max_connections;
    pool = finished(pool, path);
    limit_to_pairs(pool, path);
    return pool;
}

ChainPool server_time_wait(const Path& path) {
    ChainPool pool;
    pool.kind = PoolKind::server_time_wait;
    pool.of_each_host = false;
    pool.symptom = Symptom::unprotected;
    pool.capacity = path.scenario.host.max_time_wait;
    pool.after_close = scenario::time_wait_length(path.scenario);
    return finished(pool, path);
}

}  // namespace

const char* name(PoolKind kind) {
    switch (kind) {
        case PoolKind::client_ports: return "client ports";
        case PoolKind::host_share: return "share of NAT ports";
        case PoolKind::nat_ports: return "NAT ports";
        case PoolKind::nat_table: return "NAT table";
        case PoolKind::server_time_wait: return "server's TIME_WAIT entries";
    }
    return "";
}

const char* name(Symptom symptom) {
    switch (symptom) {
        case Symptom::no_port: return "no_port";
        case Symptom::syn_timeout: return "syn_timeout";
        case Symptom::unprotected: return "unprotected";
    }
    return "";
}

const ChainPool& Chain::weakest() const {
    const auto rank = [](const ChainPool& pool) {
        return std::pair{pool.sustainable_per_s, pool.exhaustion.value_or(core::Duration::max())};
    };
    const ChainPool* weakest = &pools.front();
    for (const ChainPool& pool : pools)
        if (pool.fails() && rank(pool) < rank(*weakest)) weakest = &pool;
    return *weakest;
}

const ChainPool* Chain::first_full() const {
    const ChainPool* first = nullptr;
    for (const ChainPool& pool : pools)
        if (pool.fails() && pool.exhaustion && (first == nullptr || *pool.exhaustion < *first->exhaustion))
            first = &pool;
    return first;
}

double Chain::failing_share() const {
    if (!offered || first_full() == nullptr) return 0;
    double accepted = offered->per_second;
    for (const ChainPool& pool : pools)
        if (pool.fails() && pool.exhaustion) accepted = std::min(accepted, *pool.accepted_per_s);
    return 1 - accepted / offered->per_second;
}

std::vector<double> popularities(const Scenario& scenario) {
    std::vector<double> shares;
    for (std::uint32_t rank = 1; rank <= scenario::destination_count(scenario.host); ++rank)
        shares.push_back(std::pow(rank, -scenario.topology.destination_skew));
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares) share /= all;
    return shares;
}

Chain chain_of(const Scenario& scenario) {
    const Prediction client = predict(scenario);
    Chain chain;
    chain.hosts = scenario.topology.hosts;
    chain.offered = offered_together(scenario, client);
    const Path path{scenario, client, chain.offered, scenario::destination_count(scenario.host),
                    popularities(scenario)};
    chain.pools.push_back(client_ports(path));
    if (scenario.nat.is_there()) {
        if (first_share(scenario.nat, chain.hosts) > 0) chain.pools.push_back(host_share(path));
        chain.pools.push_back(shared_nat_ports(path));
        if (scenario.nat.max_connections) chain.pools.push_back(nat_table(path));
    }
    if (client.holding == Holding::server_side) chain.pools.push_back(server_time_wait(path));
    return chain;
}

}  // namespace portdrought::laws
