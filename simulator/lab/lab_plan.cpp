#include "lab/lab_plan.hpp"

#include <algorithm>
#include <bit>

#include "scenario/addresses.hpp"
#include "scenario/compress.hpp"
#include "scenario/exchange.hpp"
#include "scenario/rules.hpp"

namespace portdrought::lab {

namespace {

constexpr std::uint64_t smallest_hash = 16'384, largest_hash = 262'144;
constexpr std::chrono::seconds kernel_time_wait{60};  // TCP_TIMEWAIT_LEN
constexpr std::uint64_t reserve_descriptors = 64;     // listeners, reactors, pipes, the probe and the record

template <class Unit>
Unit at_least_one(core::Duration duration) {
    return std::max(std::chrono::ceil<Unit>(duration), Unit{1});
}

// Connections begun within `time`, as far as there are ports for them.
std::uint64_t begun_within(const scenario::Scenario& real, core::Duration time) {
    const std::uint64_t capacity = scenario::port_capacity(real);
    if (!real.load.rate) return capacity;
    const double begun =
        core::peak_rate(scenario::arrival_plan(real.load), *real.load.rate).per_second * core::seconds(time);
    return begun < static_cast<double>(capacity) ? static_cast<std::uint64_t>(begun) + 1 : capacity;
}

std::uint64_t legs(const scenario::Scenario& real) { return real.server.kind == scenario::ServerKind::relay ? 2 : 1; }

std::uint32_t hash_slots(const scenario::Scenario& real) {
    const std::uint64_t waiting = begun_within(real, std::min(scenario::time_wait_length(real), real.load.duration));
    const std::uint64_t sides = real.load.closer == core::Closer::both ? 2 : 1;
    const std::uint64_t entries = legs(real) * (sides * waiting + 2ULL * real.load.in_flight);
    return static_cast<std::uint32_t>(std::clamp(std::bit_ceil(entries), smallest_hash, largest_hash));
}

std::uint64_t descriptors(const scenario::Scenario& real) {
    const std::uint64_t open = 2 * legs(real) * real.load.in_flight;
    // The passive side that never closes keeps its descriptor to the end of the run.
    const std::uint64_t parked = real.load.passive_closes ? 0 : begun_within(real, real.load.duration);
    const std::uint64_t workers = std::max<std::uint64_t>(real.load.workers, 1);
    if (real.lab.descriptors) return *real.lab.descriptors;  // to be felt, not to be avoided
    // The trials run after the load, on two pairs each.
    const std::uint64_t trials = 4ULL * real.lab.duplicates;
    return std::max(open + parked + scenario::descriptors_of_pool(real), trials) +
           scenario::descriptors_of_slow_servers(real) + reserve_descriptors + (workers - 1) * 16 +
           scenario::destination_count(real.host) - 1 + real.host.unconnected_ports;
}

}  // namespace

LabPlan plan_for(const scenario::Scenario& scenario) {
    const scenario::Scenario real = scenario::compress(scenario);
    LabPlan plan;
    plan.ports = real.host.ports;
    plan.reserved_ports = real.host.reserved_ports;
    plan.tw_reuse = real.host.tw_reuse;
    plan.tw_reuse_delay = at_least_one<std::chrono::milliseconds>(real.host.tw_reuse_delay);
    plan.timestamps = real.host.timestamps;
    plan.max_tw_buckets = real.host.max_time_wait;
    plan.fin_timeout = at_least_one<std::chrono::seconds>(real.host.fin_timeout);
    const bool lengthens = real.host.timed_wait_delay.value_or(kernel_time_wait) > kernel_time_wait;
    plan.rfc1337 = real.host.rfc1337 || lengthens;
    plan.autobind_reuse = real.host.autobind_reuse;
    plan.congestion_control = real.host.congestion_control;
    plan.established_hash = hash_slots(real);
    plan.descriptors = descriptors(real);
    plan.needs_sock_destroy = real.host.timed_wait_delay.has_value() || real.server.kind == scenario::ServerKind::relay;
    plan.needs_port_window = real.host.port_choice == scenario::PortChoice::sequential ||
                             real.host.port_choice == scenario::PortChoice::random || real.host.port_window ||
                             real.lab.duplicates > 0;
    plan.needs_raw_socket = lengthens || real.lab.duplicates > 0;
    plan.needs_ipv6 = scenario::is_ipv6(real);
    plan.addresses = scenario::addresses_to_add(real);
    return plan;
}

}  // namespace portdrought::lab
