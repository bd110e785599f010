#include "model/hosts.hpp"

#include <algorithm>
#include <ranges>

#include "model/port_setup.hpp"
#include "model/random.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::model {
namespace {

constexpr std::uint32_t assumed_hz = 250;
constexpr core::Duration coarsest_tick = std::chrono::milliseconds{4} * 4096;  // beyond any TIME_WAIT's level
/// How long the peer of a FIN that it will not answer puts off its ACK (TCP_ATO_MIN, net/ipv4/tcp_output.c): it was in
/// the middle of an exchange. Until then the closer is in FIN_WAIT_1.
constexpr core::Duration delayed_ack = std::chrono::milliseconds{40};
/// The threshold lies between the delay and a millisecond more (tcp_twsk_unique(): after, not at).
constexpr core::Duration reuse_clock = std::chrono::milliseconds{1};

std::optional<core::Duration> reuse_after(const scenario::Scenario& real) {
    if (scenario::bind_reuses_time_wait(real.host)) return core::Duration{0};
    if (!scenario::tw_reuse_works(real) || scenario::bind_takes_port(real.host)) return std::nullopt;
    const core::Duration after = real.host.tw_reuse_delay + reuse_clock;
    // Nothing is gained where TIME_WAIT is over by then.
    return after < real.host.timed_wait_delay.value_or(kernel_time_wait) ? std::optional(after) : std::nullopt;
}

core::Duration phase_of(std::uint64_t seed) {
    return core::Duration{static_cast<std::int64_t>(mix(seed + 1) % static_cast<std::uint64_t>(coarsest_tick.count()))};
}

}  // namespace

Hosts::Hosts(const scenario::Scenario& real, const core::Costs& costs)
    : host_(real.host),
      setup_(search_setup(real)),
      costs_(costs),
      walks_(real.host.port_choice == scenario::PortChoice::kernel),
      sources_(real.host.sources),
      tuples_(tuples_of(real)),
      tables_per_host_(scenario::bind_is_for_all(real.host) ? sources_ : tuples_),
      is_one_host_(real.topology.hosts == 1),
      most_of_clients_(std::uint64_t{real.host.max_time_wait} * real.topology.hosts),
      most_of_server_(real.host.max_time_wait),
      reuse_after_(reuse_after(real)),
      server_holds_(real.load.closer == core::Closer::server || real.load.closer == core::Closer::both),
      leaves_stale_peers_(!real.load.passive_closes && real.load.closer == core::Closer::client),
      // ip_autobind_reuse: only the second round through the range is less strict (inet_csk_find_open_port()).
      reuses_last_(real.host.port_choice == scenario::PortChoice::kernel && scenario::bind_reuses_time_wait(real.host)),
      has_former_(reuse_after_ || server_holds_ || leaves_stale_peers_),
      wheel_(assumed_hz, phase_of(real.lab.seed)),
      initially_(free_ports(setup_, real.host)),
      tables_(std::size_t{tables_per_host_} * real.topology.hosts),
      searches_(real.topology.hosts) {}

PortTable& Hosts::new_table(std::uint32_t index) {
    auto& table = tables_[index] = std::make_unique<PortTable>(setup_.ports);
    table->takeable = initially_;
    if (reuse_after_) table->reusable = Overtaken(setup_.ports);
    if (reuses_last_) table->last_resort = PortBits(setup_.ports);
    if (server_holds_) table->at_server = Overtaken(setup_.ports);
    if (leaves_stale_peers_) table->stale_peers = PortBits(setup_.ports);
    return *table;
}

PortSearch& Hosts::new_search(std::uint32_t host) {
    SearchSetup setup = setup_;
    setup.seed = hash(setup_.seed, host, 0);
    return *(searches_[host] = make_port_search(setup));
}

core::Duration Hosts::walk_cost(const PortTable& table, const Searched& found) const {
    const std::uint32_t passed = found.probes - (found.slot ? 1 : 0);
    if (passed == 0) return core::Duration{0};
    const bool cached = setup_.ports <= costs_.cached_ports;
    const auto waiting = static_cast<double>(table.time_wait), all = std::max(1.0, static_cast<double>(table.taken));
    const double each =
        waiting / all * static_cast<double>((cached ? costs_.time_wait_probe_cached : costs_.time_wait_probe).count()) +
        (1 - waiting / all) * static_cast<double>(costs_.live_probe.count());
    return core::Duration{static_cast<std::int64_t>(each * passed)};
}

/// The pair was just taken, which ends what is left of its earlier connections; true where the peer's end of one was.
bool Hosts::end_former(PortTable& table, std::uint32_t slot) {
    if (reuses_last_) table.last_resort.reset(slot);
    if (reuse_after_ && table.reusable.holds(slot)) overtake_client(table, slot);
    if (server_holds_ && table.at_server.holds(slot)) overtake_server(table, slot);
    const bool peer_is_stale = leaves_stale_peers_ && meet_stale_peer(table, slot);
    constexpr std::uint64_t tolerated = 4096;
    if (overtaken_ > tolerated + gauges_.time_wait_client + gauges_.time_wait_server) forget_overtaken();
    return peer_is_stale;
}

/// Its port is taken already.
void Hosts::overtake_client(PortTable& table, std::uint32_t slot) {
    table.reusable.overtake(slot);
    ++overtaken_;
    --table.taken;
    --table.time_wait;
    --gauges_.ports_in_use;
    --gauges_.time_wait_client;
    --gauges_.ports_reusable;
    ++events_.recycled;
}

void Hosts::overtake_server(PortTable& table, std::uint32_t slot) {
    table.at_server.overtake(slot);
    ++overtaken_;
    --gauges_.time_wait_server;
}

/// The reset that answers the peer's ACK ends what it still held.
bool Hosts::meet_stale_peer(PortTable& table, std::uint32_t slot) {
    if (!table.stale_peers.test(slot)) return false;
    table.stale_peers.reset(slot);
    --gauges_.close_wait;
    return true;
}

void Hosts::forget_overtaken() {
    if (overtaken_ == 0) return;
    if (reuse_after_)
        client_waits_.keep(
            [&](const Wait& wait) { return !tables_[wait.pair.table]->reusable.forget(wait.pair.slot); });
    if (server_holds_)
        server_waits_.keep(
            [&](const Wait& wait) { return !tables_[wait.pair.table]->at_server.forget(wait.pair.slot); });
    overtaken_ = 0;
}

void Hosts::release(Pair pair) { release(*tables_[pair.table], pair.slot); }

/// It leaves no TIME_WAIT, nor FIN_WAIT_2: there are as many as there may be.
void Hosts::overflow(Pair pair) {
    ++events_.overflow;
    release(pair);
}

void Hosts::await_reuse(Pair pair, core::Instant now) {
    tables_[pair.table]->reusable.hold(pair.slot);
    if (*reuse_after_ == core::Duration{0}) return make_reusable(pair);
    push(reuse_waits_, now + *reuse_after_, pair, now);
}

void Hosts::server_enters_time_wait(Pair pair, core::Instant now) {
    if (server_is_full()) {
        ++events_.overflow;
        return;
    }
    ++events_.time_wait;
    ++gauges_.time_wait_server;
    tables_[pair.table]->at_server.hold(pair.slot);
    push_rare(server_waits_, end_of_time_wait(now), pair, now);
}

void Hosts::client_enters_fin_wait_2(Pair pair, core::Instant now) {
    ++gauges_.close_wait;
    if (leaves_stale_peers_) tables_[pair.table]->stale_peers.set(pair.slot);
    push_rare(client_fin_acks_, now + delayed_ack, pair, now);
}

void Hosts::server_enters_fin_wait_2(core::Instant now) {
    ++gauges_.close_wait;
    push_rare(server_fin_acks_, now + delayed_ack, {}, now);
}

void Hosts::make_reusable(Pair pair) {
    PortTable& table = *tables_[pair.table];
    (reuses_last_ ? table.last_resort : table.takeable).set(pair.slot);
    ++gauges_.ports_reusable;
}

/// False where it was taken over before.
bool Hosts::end_reusable(PortTable& table, std::uint32_t slot) {
    if (!table.reusable.end(slot)) {
        --overtaken_;
        return false;
    }
    if (reuses_last_) table.last_resort.reset(slot);
    --gauges_.ports_reusable;
    return true;
}

void Hosts::acknowledge_fins(core::Instant now) {
    for (; client_fin_acks_.next_due() <= now; client_fin_acks_.pop()) {
        const core::Instant since = client_fin_acks_.next_due();
        const Pair pair = client_fin_acks_.front().value.pair;
        if (client_is_full()) {
            overflow(pair);
            continue;
        }
        ++gauges_.fin_wait_2_client;
        push_rare(client_fin_waits_, wheel_.end_of(since, host_.fin_timeout), pair, since);
    }
    for (; server_fin_acks_.next_due() <= now; server_fin_acks_.pop()) {
        const core::Instant since = server_fin_acks_.next_due();
        if (server_is_full()) {
            ++events_.overflow;
            continue;
        }
        ++gauges_.fin_wait_2_server;
        push_rare(server_fin_waits_, wheel_.end_of(since, host_.fin_timeout), {}, since);
    }
}

// Pairs become reusable before their TIME_WAIT ends, so the order between the queues does not matter.
void Hosts::release_due(core::Instant now) {
    for (; reuse_waits_.next_due() <= now; reuse_waits_.pop()) make_reusable(reuse_waits_.front().value.pair);
    for (; client_waits_.next_due() <= now; client_waits_.pop()) end_client_wait(client_waits_.front().value.pair);
    if (earliest_rare_ <= now) release_rare(now);
    earliest_ = std::min({client_waits_.next_due(), reuse_waits_.next_due(), earliest_rare_});
}

void Hosts::release_rare(core::Instant now) {
    for (; server_waits_.next_due() <= now; server_waits_.pop()) {
        const Pair pair = server_waits_.front().value.pair;
        if (tables_[pair.table]->at_server.end(pair.slot))
            --gauges_.time_wait_server;
        else
            --overtaken_;
    }
    acknowledge_fins(now);
    for (; client_fin_waits_.next_due() <= now; client_fin_waits_.pop()) {
        --gauges_.fin_wait_2_client;
        release(client_fin_waits_.front().value.pair);
    }
    for (; server_fin_waits_.next_due() <= now; server_fin_waits_.pop()) --gauges_.fin_wait_2_server;
    earliest_rare_ = std::min({server_waits_.next_due(), client_fin_waits_.next_due(), server_fin_waits_.next_due(),
                               client_fin_acks_.next_due(), server_fin_acks_.next_due()});
}

std::uint16_t Hosts::port_of(Pair pair) const {
    const Layout layout = Layout::of(setup_.algorithm, setup_.ports, setup_.window);
    return static_cast<std::uint16_t>(scenario::port_range(host_).first + layout.offset_of(pair.slot));
}

std::vector<std::uint64_t> Hosts::taken_by_tuple() const {
    std::vector<std::uint64_t> taken(tables_per_host_);
    for (std::size_t i = 0; i < tables_.size(); ++i)
        if (tables_[i]) taken[i % tables_per_host_] += tables_[i]->taken;
    return taken;
}

std::vector<std::uint64_t> Hosts::left_by_tenth(core::Instant now, core::Duration length) const {
    std::vector<std::uint64_t> tenths(11);
    const core::Duration tenth = std::max(length / 10, core::Duration{1});
    for (const Waits* waits : {&client_waits_, &server_waits_}) {
        std::size_t counted = 0;  // the oldest have least left
        for (std::size_t i = 0; i < 10; ++i) {
            const std::size_t older = entered_by(*waits, now - length + tenth * static_cast<std::int64_t>(i + 1));
            tenths[i] += older - counted;
            counted = older;
        }
        tenths[10] += waits->size() - counted;
    }
    return tenths;
}

/// Entries that are there since `instant` or longer; they are in the order in which they entered.
std::size_t Hosts::entered_by(const Waits& waits, core::Instant instant) {
    const auto places = std::views::iota(std::size_t{0}, waits.size());
    const auto found =
        std::ranges::partition_point(places, [&](std::size_t place) { return waits[place].value.since <= instant; });
    return static_cast<std::size_t>(found - places.begin());
}

std::uint64_t Hosts::older_than(core::Duration age, core::Instant now) const {
    return entered_by(client_waits_, now - age);
}

std::vector<Pair> Hosts::oldest_of(const Waits& waits, std::size_t most) {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < waits.size() && pairs.size() < most; ++i) pairs.push_back(waits[i].value.pair);
    return pairs;
}

}  // namespace portdrought::model
