#include "load/worker.hpp"

#include <algorithm>

#include "os/clock.hpp"
#include "scenario/exchange.hpp"

namespace portdrought::load {
namespace {

constexpr core::Duration longest_sleep = std::chrono::milliseconds{20};  // how late a stop may be noticed

Ending ending_of(const scenario::Load& load) {
    return {load.linger, load.passive_linger, load.closer == core::Closer::both, load.close_unread};
}

std::optional<timed_wait::Enforcer> enforcer_for(const std::optional<core::Duration>& length) {
    if (!length) return std::nullopt;
    return std::optional<timed_wait::Enforcer>(std::in_place, *length);
}

timed_wait::Enforcer* address_of(std::optional<timed_wait::Enforcer>& enforcer) {
    return enforcer ? &*enforcer : nullptr;
}

}  // namespace

Worker::Worker(const scenario::Scenario& real_time, unsigned share, const os::RunClock& clock)
    : clock_(clock),
      enforcer_(enforcer_for(real_time.host.timed_wait_delay)),
      upstream_enforcer_(enforcer_for(
          real_time.server.kind == scenario::ServerKind::relay ? std::optional<core::Duration>(0) : std::nullopt)),
      loop_(clock, real_time.load.timeout, scenario::longest_hold(real_time.load),
            real_time.load.hold_distribution != core::HoldDistribution::constant),
      closing_(loop_, ending_of(real_time.load), real_time.load.in_flight, address_of(enforcer_)),
      upstream_closing_(loop_, Ending{}, 0, address_of(upstream_enforcer_)),
      client_(real_time, share, endpoints_of(real_time, share), scenario::exchange_of(real_time), surroundings()),
      server_(real_time, endpoints_of(real_time, share), scenario::exchange_of(real_time), surroundings(), client_,
              scenario::hold_times(real_time, core::Side::server, share)),
      grace_(real_time.load.timeout + scenario::longest_hold(real_time.load) + real_time.server.read_delay),
      end_of_load_(real_time.load.duration) {}

void Worker::run(const std::atomic<bool>& stop) {
    const core::Duration cpu_before = os::thread_cpu_time();
    while (!finished() && !stop.load(std::memory_order_relaxed))
        if (!turn()) sleep();
    enforce(clock_.now());
    client_.abandon();
    tally_.cpu = os::thread_cpu_time() - cpu_before + closing_.cpu_elsewhere();
}

// One attempt at a time, then everything it set going: a connection is usually opened, served and closed within a turn.
bool Worker::turn() {
    const core::Instant began = clock_.now();
    const bool started = client_.start_next(began);
    server_.accept_expected();
    loop_.run_ready();
    loop_.run_due(began);
    client_.close_expired(began);
    enforce(began);
    return started || loop_.has_ready();
}

void Worker::enforce(core::Instant now) {
    for (timed_wait::Enforcer* enforcer : enforcers()) {
        if (enforcer == nullptr) continue;
        const auto due = enforcer->next_due();
        if (due && *due <= now) enforcer->reap(now, [this] { return clock_.now(); });
    }
}

std::array<timed_wait::Enforcer*, 2> Worker::enforcers() {
    return {address_of(enforcer_), address_of(upstream_enforcer_)};
}

std::vector<timed_wait::Claims*> Worker::claims() const {
    std::vector<timed_wait::Claims*> all;
    for (const auto* enforcer : {&enforcer_, &upstream_enforcer_})
        if (*enforcer) all.push_back(&(*enforcer)->claims());
    return all;
}

Surroundings Worker::surroundings() { return {loop_, closing_, upstream_closing_, live_, tally_}; }

void Worker::sleep() {
    const core::Instant now = clock_.now();
    enforce(now);
    core::Instant due = now + longest_sleep;
    due = std::min(due, client_.next_due(now).or_never());
    for (const timed_wait::Enforcer* enforcer : enforcers())
        if (enforcer != nullptr) due = std::min(due, enforcer->next_due().value_or(due));
    loop_.sleep_until(due);
}

bool Worker::finished() const {
    const core::Instant now = clock_.now();
    if (!client_.finished(now)) return false;
    // What the peers lost is only known once they have read to the end; a peer that never gets there is not waited for.
    return server_.idle(client_.idle_connections()) || now >= end_of_load_ + grace_;
}

}  // namespace portdrought::load
