#include "analysis/knees/forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/laws/capacity.hpp"
#include "analysis/laws/erlang.hpp"
#include "analysis/laws/load_peak.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::knees {
namespace {

using laws::Holding;
using scenario::Scenario;

constexpr double rare = 1.751;  // standard deviations above the mean that slow_share of all normal values exceed

bool bind_chooses(const scenario::Host& host) {
    return scenario::bind_takes_port(host) && host.port_choice == scenario::PortChoice::kernel;
}

/// What the forecasts of one scenario have in common.
struct Pool {
    const Scenario& scenario;
    laws::Prediction law;
    laws::Search search;  // of one source and destination
    double tuples;        // pairs of source and destination, each with a search of its own
    core::Duration residence, duration;

    bool is_random() const { return scenario.load.arrivals == core::Arrivals::poisson; }
    bool is_endless() const { return law.holding == Holding::never_closed; }
    double capacity() const { return static_cast<double>(law.capacity); }
    double first_half() const { return static_cast<double>(search.first_half) * tuples; }
    /// Pairs taken at once are at most what comes within this time.
    core::Duration window() const { return std::min(residence, duration); }
};

Pool pool_of(const Scenario& scenario) {
    const laws::Prediction law = laws::predict(scenario);
    const laws::Search search = search_of(scenario.host);
    const double ports = std::max<double>(static_cast<double>(search.ports), 1);
    return {scenario, law, search, static_cast<double>(law.capacity) / ports, law.residence(), scenario.load.duration};
}

/// tcp_max_tw_buckets keeps fewer pairs than `pairs`: closes beyond it leave none.
bool is_limited_below(const Pool& pool, double pairs) {
    return laws::keeps_fewer_than(pairs, pool.scenario, pool.law.holding);
}

std::string limit_words(const Pool& pool) {
    return fmt::format("at most {} pairs are kept in TIME_WAIT (max_time_wait)",
                       text::thousands(pool.scenario.host.max_time_wait));
}

std::optional<double> protected_rate(const Pool& pool) {
    if (pool.law.after_close <= core::Duration{0} || !is_limited_below(pool, pool.capacity())) return std::nullopt;
    const double entries_each = pool.scenario.load.closer == core::Closer::both ? 2 : 1;
    return laws::sustainable_rate(pool.scenario.host.max_time_wait, pool.law.after_close) / entries_each;
}

std::string pairs_word(const Pool& pool) { return pool.tuples > 1 ? "pairs" : "ports"; }

/// "60 s", "(60 s + 2 s open)".
std::string after_words(const Pool& pool) {
    if (pool.law.open <= core::Duration{0}) return text::seconds(pool.law.after_close);
    if (pool.law.after_close <= core::Duration{0}) return text::seconds(pool.law.open) + " open";
    return fmt::format("({} + {} open)", text::seconds(pool.law.after_close), text::seconds(pool.law.open));
}

/// As after_words(); the run itself where it ends before.
std::string time_words(const Pool& pool) {
    if (pool.duration < pool.residence) return text::seconds(pool.duration) + " (the whole run)";
    return after_words(pool);
}

std::string nothing_stays() { return "no port stays taken after its connection"; }

std::string no_walk_words(const Scenario& scenario) {
    if (scenario.host.port_choice != scenario::PortChoice::kernel)
        return "the program chooses the port, without a walk";
    if (scenario.host.port_window) return "with a port window the kernel's search has no two halves";
    return "with SO_REUSEADDR bind() looks at the lower half of the range first";
}

/// Random arrivals reach the half for slow_share of the attempts when their mean is still below it.
double mean_that_often_reaches(double pairs) {
    const double root = (-rare + std::sqrt(rare * rare + 4 * pairs)) / 2;
    return root * root;
}

core::Duration whole_walk(const Pool& pool, const core::Costs& cost) {
    return laws::walk_time(static_cast<double>(pool.search.first_half) + 1, pool.search.ports, cost);
}

/// A walk past few ports does not make connect() slow by slow_factor.
bool is_too_short_to_see(const Pool& pool, const core::Costs& cost) {
    constexpr double margin = 1.5;
    return core::seconds(whole_walk(pool, cost)) < margin * (slow_factor - 1) * core::seconds(cost.connect);
}

/// `is_filling`: the run is too short for ports to come back before its slow attempts.
std::string cliff_words(const Pool& pool, double pairs, bool is_filling) {
    const std::string half =
        fmt::format("{} {} are {}", text::figure(pool.first_half()), pairs_word(pool),
                    pool.scenario.host.unconnected_ports > 0 ? "what the first walk finds" : "half");
    const std::string wanted = pool.is_random() ? fmt::format("{}; {} of them, less what random arrivals add at times,",
                                                              half, text::figure(pairs))
                                                : half;
    if (!is_filling) return fmt::format("{} / {}", wanted, after_words(pool));
    return fmt::format("{} / {} / {:g} ({:.0f} % slow)", wanted, text::seconds(pool.duration), 1 - slow_share,
                       slow_share * 100);
}

Forecast::Knee cliff_of(const Pool& pool, const core::Costs& cost) {
    if (!searches_by_parity(pool.scenario)) return {{}, no_walk_words(pool.scenario)};
    if (pool.window() <= core::Duration{0}) return {{}, nothing_stays()};
    const double half = pool.first_half();
    if (pool.scenario.host.unconnected_ports > 0 &&
        (pool.search.first_half == 0 || pool.search.first_half >= pool.search.ports))
        return {{}, "sockets that never connect leave free ports in one half only"};
    if (is_limited_below(pool, half)) return {{}, limit_words(pool)};
    if (is_too_short_to_see(pool, cost))
        return {{}, fmt::format("a walk past {} ports is too short to be felt", pool.search.first_half)};
    const double pairs = pool.is_random() ? mean_that_often_reaches(half) : half;
    // In a run that only fills, the slow attempts are the last ones; they must be slow_share of all.
    const double steady = laws::sustainable_rate(1, pool.residence) * pairs;
    const double filling = pairs / ((1 - slow_share) * core::seconds(pool.duration));
    const double per_s = std::max(steady, filling);
    return {per_s, cliff_words(pool, pairs, filling > steady)};
}

/// What ends the attempts before any port is missed, in words; empty where nothing does.
std::string slots_words(const Pool& pool) {
    const std::string slots = text::counted(pool.scenario.load.in_flight, "slot");
    if (pool.scenario.load.closer == core::Closer::never) return slots + " (load.in_flight) are gone before";
    return fmt::format("{} / {} open: {}/s get through", slots, text::seconds(std::min(pool.law.open, pool.duration)),
                       text::figure(pool.law.slots_per_s.value_or(0)));
}

/// No more attempts get under way than the slots allow, so a knee beyond them is never met.
void limit_by_slots(const Pool& pool, Forecast& result) {
    const bool never = pool.scenario.load.closer == core::Closer::never;
    for (auto [knee, pairs] :
         {std::pair{&result.cliff, pool.first_half()}, std::pair{&result.first_failure, pool.capacity() + 1}}) {
        const bool is_met = never ? pool.scenario.load.in_flight >= pairs
                                  : !pool.law.slots_per_s || !knee->per_s || *knee->per_s < *pool.law.slots_per_s;
        if (!is_met && knee->per_s) *knee = {{}, slots_words(pool)};
    }
    if (!pool.law.slots_per_s) return;
    if (result.ceiling.per_s && *result.ceiling.per_s <= *pool.law.slots_per_s) return;
    result.ceiling = {*pool.law.slots_per_s, slots_words(pool)};
    result.is_slot_bound = true;
}

/// Why the laws say nothing about the scenario; empty where they do.
std::string silence_words(const Pool& pool) {
    if (!pool.law.answered) return "no prediction: the server does not answer";
    return pool.law.pooled ? "the pool reuses connections" : "";
}

Forecast::Knee failure_of(const Pool& pool) {
    if (pool.window() <= core::Duration{0}) return {{}, nothing_stays()};
    if (is_limited_below(pool, pool.capacity())) return {{}, limit_words(pool)};
    const std::string all = fmt::format("{} {}", text::thousands(pool.law.capacity), pairs_word(pool));
    if (pool.is_random())
        return {laws::rate_of_failures(pool.law.capacity, pool.residence, pool.duration),
                fmt::format("{}, {}: random arrivals make one failure likely within {} (Erlang B)", all,
                            time_words(pool), text::seconds(pool.duration))};
    if (laws::varies(pool.scenario.load)) {
        const double worst = laws::worst_window_s(pool.scenario.load, pool.window());
        return {pool.capacity() / worst,
                fmt::format("{} / {}, which at its worst brings {} times the mean", all, time_words(pool),
                            text::figure(worst / core::seconds(pool.window())))};
    }
    return {pool.capacity() / core::seconds(pool.window()), fmt::format("{} / {}", all, time_words(pool))};
}

Forecast::Knee ceiling_of(const Pool& pool) {
    if (pool.is_endless()) return {0, "nobody closes, so no port comes back"};
    if (pool.residence <= core::Duration{0}) return {{}, nothing_stays()};
    if (is_limited_below(pool, pool.capacity())) return {{}, limit_words(pool)};
    const std::string length = pool.law.open <= core::Duration{0} ? text::seconds(pool.law.after_close)
                                                                  : fmt::format("{}", text::seconds(pool.residence));
    return {laws::sustainable_rate(pool.law.capacity, pool.residence),
            fmt::format("{} {} / {}", text::thousands(pool.law.capacity), pairs_word(pool), length)};
}

using Probes = double(const laws::Search& search, double taken);

/// CPU time of an attempt at `rate` that still finds a port.
double cpu_s(const Pool& pool, const core::Costs& cost, double rate, Probes* probes) {
    double result = core::seconds(cost.connection);
    if (probes == nullptr) return result;
    const double taken = laws::little(core::Rate{rate}, pool.window()) / pool.tuples;
    const double below_full = std::min(taken, static_cast<double>(pool.search.ports) - 1);
    return result + core::seconds(laws::walk_time(probes(pool.search, below_full), pool.search.ports, cost));
}

/// The highest rate at which the attempts of a second take a second of each worker. Without `probes` none walks.
double cpu_rate(const Pool& pool, const core::Costs& cost, Probes* probes) {
    const double share = pool.scenario.load.workers / pool.scenario.lab.time_scale;  // real seconds per scenario second
    double least = 0, most = share / core::seconds(cost.connection);
    for (int step = 0; step < 60; ++step) {
        const double middle = (least + most) / 2;
        (middle * cpu_s(pool, cost, middle, probes) < share ? least : most) = middle;
    }
    return most;
}

}  // namespace

bool searches_by_parity(const Scenario& scenario) {
    // With SO_REUSEADDR bind() begins with the lower half of the range instead.
    return scenario.host.port_choice == scenario::PortChoice::kernel && !scenario.host.port_window &&
           (!bind_chooses(scenario.host) || !scenario.host.reuse_address);
}

laws::Search search_of(const scenario::Host& host) {
    laws::Search search;
    const std::uint32_t first_parity = bind_chooses(host) ? 1 : 0;
    const core::PortRange range = scenario::port_range(host);
    for (std::uint32_t port = range.first; port <= range.last; ++port) {
        if (core::contains(host.reserved_ports, static_cast<std::uint16_t>(port))) continue;
        ++search.ports;
        if ((port - range.first) % 2 == first_parity) ++search.first_half;
    }
    // The kernel has given the sockets that never connect what bind() finds first: the other parity of connect()'s.
    const std::uint64_t second_half = search.ports - search.first_half;
    // They are bound in all of host.ports, of which a window has its part.
    const std::uint64_t silent = host.port_window
                                     ? std::uint64_t{host.unconnected_ports} * search.ports / host.ports.size()
                                     : host.unconnected_ports;
    const std::uint64_t unconnected = std::min(silent, search.ports);
    const std::uint64_t bound_first = bind_chooses(host) ? search.first_half : second_half;
    const std::uint64_t of_those = std::min(unconnected, bound_first);
    search.first_half -= bind_chooses(host) ? of_those : unconnected - of_those;
    search.ports -= unconnected;
    return search;
}

Forecast forecast(const Scenario& scenario, const core::Costs& cost) {
    const Pool pool = pool_of(scenario);
    Forecast result;
    result.law = pool.law;
    if (const std::string silence = silence_words(pool); !silence.empty()) {
        result.is_silent = true;
        result.cliff = result.first_failure = result.ceiling = {{}, silence};
    } else {
        result.cliff = cliff_of(pool, cost);
        result.first_failure = failure_of(pool);
        result.ceiling = ceiling_of(pool);
        result.protected_per_s = protected_rate(pool);
        limit_by_slots(pool, result);
    }
    // Those that fill the second half walk longest: a rate has to last through them to be offered at all.
    const bool walks = result.cliff.per_s.has_value();
    result.cpu_per_s = cpu_rate(pool, cost, walks ? laws::probes_while_filling : nullptr);
    result.steady_cpu_per_s = cpu_rate(pool, cost, walks ? laws::probes_in_steady_state : nullptr);
    result.connect_before = result.connect_after = cost.connect;
    if (!result.cliff.per_s) return result;
    result.connect_after += whole_walk(pool, cost);
    return result;
}

}  // namespace portdrought::knees
