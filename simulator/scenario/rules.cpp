#include "scenario/rules.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include "scenario/addresses.hpp"
#include "scenario/close_rules.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/model_rules.hpp"
#include "scenario/nat_rules.hpp"
#include "scenario/pool_rules.hpp"
#include "scenario/port_rules.hpp"

namespace portdrought::scenario {
namespace {

using Found = std::optional<Finding>;
using std::chrono::hours, std::chrono::milliseconds, std::chrono::seconds;

constexpr std::uint64_t own_descriptors = 64;  // listeners, netlink, /proc, event loops, standard streams
constexpr seconds kernel_time_wait{60};        // TCP_TIMEWAIT_LEN
constexpr seconds longest_reuse_delay{60};     // tcp_tw_reuse_delay: at most TCP_PAWS_MSL
constexpr milliseconds shortest_time_wait{10};
constexpr hours longest_run{24};

std::string quoted(const std::string& text) { return '"' + text + '"'; }
std::string quoted(core::Duration duration) { return quoted(to_text(duration)); }

// ---- who closes

Found a_connection_that_stays_open_has_no_linger(const Scenario& s, const Limits&) {
    if (!s.load.linger || s.load.closer != core::Closer::never) return {};
    return Finding{{"load.linger", "load.closer"},
                   "acts on close, which load.closer = \"never\" rules out; write \"off\", or another closer"};
}

Found a_connection_that_stays_open_has_no_hold(const Scenario& s, const Limits&) {
    if (s.load.hold == core::Duration{0} || s.load.closer != core::Closer::never) return {};
    return Finding{
        {"load.hold", "load.closer"},
        "is the time before the close, which load.closer = \"never\" rules out; write \"0s\", or another closer"};
}

Found a_connection_that_stays_open_has_no_passive_close(const Scenario& s, const Limits&) {
    if (s.load.passive_closes || s.load.closer != core::Closer::never) return {};
    return Finding{{"load.passive_closes", "load.closer"},
                   "there is no close to leave unanswered with load.closer = \"never\"; write true, or another closer"};
}

Found a_relay_closes_first(const Scenario& s, const Limits&) {
    if (s.server.kind != ServerKind::relay || s.load.closer == core::Closer::server) return {};
    return Finding{
        {"load.closer", "server.kind"},
        "the relay is the side that closes first; write load.closer = \"server\" with server.kind = \"relay\""};
}

// ---- load

Found a_closed_loop_is_not_admitted(const Scenario& s, const Limits&) {
    if (s.load.rate || !s.load.admission) return {};
    return Finding{{"load.admission", "load.rate"},
                   "load.rate = \"max\" offers no more than its slots take, so there is nothing to refuse; write "
                   "\"off\", or a rate"};
}

// A limit that is written down is there to be met: what it has to leave room for is the run itself.
Found a_descriptor_limit_leaves_the_run_its_own(const Scenario& s, const Limits& limits) {
    if (!s.lab.descriptors) return {};
    const std::uint64_t least = own_descriptors + 16ULL * s.load.workers + destination_count(s.host) +
                                s.host.unconnected_ports + descriptors_per_attempt(s);
    const bool too_few = *s.lab.descriptors < least;
    if (!too_few && *s.lab.descriptors <= limits.descriptors) return {};
    return Finding{{"lab.descriptors", "host.unconnected_ports", "load.workers"},
                   std::to_string(*s.lab.descriptors) +
                       (too_few ? " descriptors leave none for connections: the run itself takes " +
                                      std::to_string(least - descriptors_per_attempt(s)) + "; write " +
                                      std::to_string(least) + " or more"
                                : " is more than this machine allows; write " + std::to_string(limits.descriptors) +
                                      " or less, or \"machine\"")};
}

Found descriptors_suffice(const Scenario& s, const Limits& limits) {
    if (s.lab.descriptors) return {};  // running out of them is the question
    const std::uint64_t each = descriptors_per_attempt(s);
    const std::uint64_t besides =
        own_descriptors + destination_count(s.host) - 1 + descriptors_of_slow_servers(s) + s.host.unconnected_ports;
    const std::uint64_t needed = each * s.load.in_flight + besides;
    if (needed <= limits.descriptors) return {};
    const bool some_fit = limits.descriptors >= besides + each;
    return Finding{{"load.in_flight", "server.kind"},
                   std::to_string(s.load.in_flight) + " open attempts need " + std::to_string(needed) +
                       " descriptors (" + std::to_string(each) + " each and " + std::to_string(besides) +
                       " besides) and this machine allows " + std::to_string(limits.descriptors) +
                       (some_fit ? "; write " + std::to_string((limits.descriptors - besides) / each) + " or less"
                                 : "; raise the limit (ulimit -Hn)"),
                   true};
}

Found idle_connections_find_descriptors(const Scenario& s, const Limits& limits) {
    if (s.lab.descriptors) return {};
    const std::uint64_t without =
        own_descriptors + descriptors_of_slow_servers(s) + descriptors_per_attempt(s) * std::uint64_t{s.load.in_flight};
    const std::uint64_t needed = without + descriptors_of_pool(s);
    if (needed <= limits.descriptors || without > limits.descriptors) return {};
    return Finding{{"load.pool_size", "load.in_flight", "host.destinations", "host.destination_addresses"},
                   "its idle connections need " + std::to_string(descriptors_of_pool(s)) + " descriptors besides " +
                       std::to_string(without) + " of the rest, and this machine allows " +
                       std::to_string(limits.descriptors) + "; write " +
                       std::to_string((limits.descriptors - without) / (2 * destination_count(s.host))) + " or less"};
}

// A passive side that never answers the FIN keeps its socket in CLOSE_WAIT until the run ends.
Found unanswered_closes_find_descriptors(const Scenario& s, const Limits& limits) {
    if (s.load.passive_closes || s.load.closer != core::Closer::client || !s.load.rate || s.lab.descriptors) return {};
    const double attempts = s.load.rate->per_second * core::seconds(s.load.duration);
    // A closer's port comes back after fin_timeout, the other side's descriptor does not.
    const bool ports_limit_it = s.host.fin_timeout >= s.load.duration;
    const double kept = ports_limit_it ? std::min(attempts, static_cast<double>(port_capacity(s))) : attempts;
    const double needed = kept + static_cast<double>(own_descriptors + descriptors_per_attempt(s) * s.load.in_flight);
    if (needed <= static_cast<double>(limits.descriptors)) return {};
    return Finding{{"load.passive_closes", "load.closer", "load.rate", "load.duration", "load.in_flight", "host.ports"},
                   "the server keeps every connection, " + number_text(std::ceil(needed)) +
                       " descriptors in the end where this machine allows " + std::to_string(limits.descriptors) +
                       "; write true, or fewer attempts or ports"};
}

Found a_server_that_is_not_there_does_nothing(const Scenario& s, const Limits&) {
    if (s.server.listens || (s.server.accepts && s.server.drops_syn == 0)) return {};
    return Finding{{s.server.accepts ? "server.drops_syn" : "server.accepts", "server.listens"},
                   s.server.accepts
                       ? "drops SYNs of a listener, which server.listens = false rules out; write 0, or true there"
                       : "fills a backlog, which server.listens = false rules out; write true, or true there"};
}

Found an_answer_may_come_in_time(const Scenario& s, const Limits&) {
    if (s.load.response_bytes == 0 || s.server.read_delay < s.load.timeout) return {};
    return Finding{{"server.read_delay", "load.timeout", "load.response"},
                   quoted(s.server.read_delay) + " is not less than load.timeout = " + quoted(s.load.timeout) +
                       ": every attempt would time out; write a shorter delay or a longer timeout"};
}

Found some_attempt_is_made(const Scenario& s, const Limits&) {
    if (!s.load.rate || s.load.rate->per_second * core::seconds(s.load.duration) >= 1) return {};
    const core::Rate enough{std::ceil(1000 / core::seconds(s.load.duration)) / 1000};
    return Finding{{"load.rate", "load.duration"},
                   quoted(to_text(*s.load.rate)) + " for " + quoted(s.load.duration) +
                       " is less than one attempt; write " + quoted(to_text(enough)) +
                       " or more, or a longer load.duration"};
}

Found a_closed_loop_has_no_arrivals(const Scenario& s, const Limits&) {
    if (s.load.rate || s.load.arrivals == core::Arrivals::constant) return {};
    return Finding{
        {"load.arrivals", "load.rate"},
        "load.rate = \"max\" starts an attempt when a slot is free, not by arrivals; write \"constant\", or a rate"};
}

Found every_worker_has_a_slot(const Scenario& s, const Limits&) {
    if (s.load.in_flight >= s.load.workers) return {};
    return Finding{{"load.in_flight", "load.workers"},
                   std::to_string(s.load.in_flight) + " is fewer than one for each of " +
                       std::to_string(s.load.workers) + " workers; write " + std::to_string(s.load.workers) +
                       " or more"};
}

Found workers_share_the_destinations_evenly(const Scenario& s, const Limits&) {
    const std::uint32_t workers = s.load.workers;
    const std::uint32_t count = destination_count(s.host);
    if (count % workers == 0) return {};
    const std::uint32_t even = workers / std::gcd(workers, s.host.destination_addresses);
    const std::uint32_t next = (s.host.destinations / even + 1) * even;
    return Finding{{"host.destinations", "host.destination_addresses", "load.workers"},
                   std::to_string(s.host.destinations) +
                       (s.host.destination_addresses == 1
                            ? std::string{}
                            : " at each of " + std::to_string(s.host.destination_addresses) + " addresses") +
                       " cannot be shared by " + std::to_string(workers) +
                       " workers, each with listeners of its own; write " +
                       (next <= 64 ? "host.destinations = " + std::to_string(next) : std::string{"fewer workers"})};
}

Found a_run_ends_within_a_day(const Scenario& s, const Limits&) {
    if (compressed(s, s.load.duration) <= longest_run) return {};
    return Finding{{"load.duration", "lab.time_scale"},
                   quoted(s.load.duration) + " takes more than 24 hours of real time; write \"" +
                       number_text(std::floor(core::seconds(longest_run) * s.lab.time_scale)) + "s\" or less"};
}

// ---- time

Found natural_time_wait_is_not_compressed(const Scenario& s, const Limits&) {
    if (s.host.timed_wait_delay || s.lab.time_scale == 1) return {};
    return Finding{{"lab.time_scale", "host.timed_wait_delay"},
                   number_text(s.lab.time_scale) +
                       " compresses time, but the kernel's natural TIME-WAIT stays at 60 s; write "
                       "host.timed_wait_delay = \"60s\" so that the enforcer can compress it, or a time_scale of 1"};
}

bool lengthens_time_wait(const Scenario& s) {
    return s.host.timed_wait_delay && compressed(s, *s.host.timed_wait_delay) > kernel_time_wait;
}

// The stale ACKs that keep a pair alive are IPv4.
Found a_longer_time_wait_is_ipv4(const Scenario& s, const Limits&) {
    if (!lengthens_time_wait(s) || !is_ipv6(s)) return {};
    const core::Duration delay = *s.host.timed_wait_delay;
    return Finding{{"host.timed_wait_delay", "lab.time_scale", "server.address"},
                   quoted(delay) + " takes " + to_text(compressed(s, delay)) +
                       " of real time, and the kernel forgets an IPv6 pair after 60 s; write lab.time_scale = " +
                       number_text(std::ceil(core::seconds(delay) / core::seconds(kernel_time_wait))) +
                       " or more, or an IPv4 address"};
}

Found time_wait_is_long_enough_to_enforce(const Scenario& s, const Limits&) {
    if (!s.host.timed_wait_delay || compressed(s, *s.host.timed_wait_delay) >= shortest_time_wait) return {};
    const core::Duration delay = *s.host.timed_wait_delay;
    return Finding{{"host.timed_wait_delay", "lab.time_scale"},
                   quoted(delay) + " takes " + to_text(compressed(s, delay)) +
                       " of real time, too short to be enforced; write lab.time_scale = " +
                       std::to_string(delay / shortest_time_wait) + " or less"};
}

Found the_reuse_delay_fits_the_kernels_clock(const Scenario& s, const Limits&) {
    const core::Duration delay = s.host.tw_reuse_delay;
    const core::Duration real = compressed(s, delay);
    if (milliseconds{1} <= real && real <= longest_reuse_delay) return {};
    const bool short_of_it = real < milliseconds{1};
    return Finding{{"host.tw_reuse_delay", "lab.time_scale"},
                   quoted(delay) + " takes " + to_text(real) +
                       " of real time, where the kernel takes 1 ms to 60 s; write lab.time_scale = " +
                       (short_of_it ? std::to_string(delay / milliseconds{1}) + " or less"
                                    : number_text(std::ceil(core::seconds(delay) / 60)) + " or more")};
}

// The kernel counts it in whole seconds; what is asked for would not be what is run.
Found a_fin_timeout_that_acts_is_whole_seconds(const Scenario& s, const Limits&) {
    const core::Duration real = compressed(s, s.host.fin_timeout);
    if (s.load.passive_closes || s.load.closer == core::Closer::server || real % seconds{1} == core::Duration{0})
        return {};
    return Finding{{"host.fin_timeout", "lab.time_scale"},
                   quoted(s.host.fin_timeout) + " takes " + to_text(real) +
                       " of real time, where the kernel counts whole seconds; write \"" +
                       number_text(s.lab.time_scale * std::ceil(core::seconds(real))) + "s\", or another time_scale"};
}

// ---- delayed duplicates

Found duplicates_are_ipv4(const Scenario& s, const Limits&) {
    if (s.lab.duplicates == 0 || !is_ipv6(s)) return {};
    return Finding{{"lab.duplicates", "server.address"},
                   std::to_string(s.lab.duplicates) + " trials need IPv4, and the server is at " +
                       quoted(s.server.address) + "; write 0, or an IPv4 address"};
}

Found duplicates_need_a_close(const Scenario& s, const Limits&) {
    if (s.lab.duplicates == 0 || s.load.closer != core::Closer::never) return {};
    return Finding{{"lab.duplicates", "load.closer"},
                   std::to_string(s.lab.duplicates) +
                       " trials use a pair again after its connection has closed, which "
                       "load.closer = \"never\" rules out; write 0, or another closer"};
}

Found duplicates_find_descriptors(const Scenario& s, const Limits& limits) {
    const std::uint64_t needed = 4ULL * s.lab.duplicates + own_descriptors;
    if (s.lab.duplicates == 0 || needed <= limits.descriptors) return {};
    return Finding{
        {"lab.duplicates"},
        std::to_string(s.lab.duplicates) + " trials need " + std::to_string(needed) +
            " descriptors and this machine allows " + std::to_string(limits.descriptors) + "; write " +
            std::to_string(limits.descriptors > own_descriptors ? (limits.descriptors - own_descriptors) / 4 : 0) +
            " or less"};
}

using Rule = Found (*)(const Scenario&, const Limits&);

/// Of the scenario, whatever plays it.
constexpr Rule rules[] = {
    a_connection_that_stays_open_has_no_linger,
    a_connection_that_stays_open_has_no_hold,
    a_connection_that_stays_open_has_no_passive_close,
    a_relay_closes_first,
    a_closed_loop_is_not_admitted,
    a_server_that_is_not_there_does_nothing,
    an_answer_may_come_in_time,
    some_attempt_is_made,
    a_closed_loop_has_no_arrivals,
    every_worker_has_a_slot,
    workers_share_the_destinations_evenly,
    natural_time_wait_is_not_compressed,
    duplicates_need_a_close,
};

/// Of the machine and its kernel, which a model does without.
constexpr Rule kernel_rules[] = {
    a_descriptor_limit_leaves_the_run_its_own,
    descriptors_suffice,
    idle_connections_find_descriptors,
    unanswered_closes_find_descriptors,
    a_run_ends_within_a_day,
    a_longer_time_wait_is_ipv4,
    time_wait_is_long_enough_to_enforce,
    the_reuse_delay_fits_the_kernels_clock,
    a_fin_timeout_that_acts_is_whole_seconds,
    duplicates_are_ipv4,
    duplicates_find_descriptors,
};

}  // namespace

std::uint64_t descriptors_per_attempt(const Scenario& scenario) {
    return scenario.server.kind == ServerKind::relay ? 4 : 2;
}

std::uint64_t descriptors_of_slow_servers(const Scenario& scenario) {
    if (scenario.server.read_delay == core::Duration{0} || !scenario.load.rate) return 0;
    const double real_rate = scenario.load.rate->per_second * scenario.lab.time_scale;
    const double opened = std::ceil(real_rate * core::seconds(scenario.server.read_delay));
    return static_cast<std::uint64_t>(std::min(opened, static_cast<double>(port_capacity(scenario))));
}

std::uint64_t descriptors_of_pool(const Scenario& scenario) {
    // No more idle ones towards a destination than there were requests to it at once.
    return 2 * destination_count(scenario.host) * std::min(scenario.load.pool_size, scenario.load.in_flight);
}

std::vector<Finding> findings(const Scenario& scenario, const Limits& limits) {
    std::vector<Finding> all = port_findings(scenario);
    std::ranges::move(close_findings(scenario), std::back_inserter(all));
    std::ranges::move(pool_findings(scenario), std::back_inserter(all));
    const auto apply = [&](std::span<const Rule> some) {
        for (const Rule rule : some)
            if (auto finding = rule(scenario, limits)) all.push_back(std::move(*finding));
    };
    apply(rules);
    if (scenario.lab.engine == Engine::kernel) apply(kernel_rules);
    std::ranges::move(model_findings(scenario), std::back_inserter(all));
    std::ranges::move(nat_findings(scenario), std::back_inserter(all));
    return all;
}

}  // namespace portdrought::scenario
