#include "load/loop.hpp"

#include <algorithm>

namespace portdrought::load {

Loop::Loop(const os::RunClock& clock, core::Duration timeout, core::Duration longest_hold, bool holds_vary)
    : clock_(clock),
      holds_vary_(holds_vary),
      deadlines_(holds_vary ? timeout : timeout + longest_hold),
      holding_(longest_hold) {}

bool Loop::waits(Connection& connection, Pause pause) {
    switch (pause) {
        case Pause::turn: soon(connection); return true;
        case Pause::readable: when(connection, Reactor::Direction::read); return true;
        case Pause::writable: when(connection, Reactor::Direction::write); return true;
        case Pause::time: rest(connection, connection.action().time); return true;
        default: return false;
    }
}

void Loop::when(Connection& connection, Reactor::Direction direction) {
    reactor_.wait(connection.fd.get(), direction, [this, &connection] { soon(connection); });
}

void Loop::rest(Connection& connection, core::Duration time) {
    if (!holds_vary_) return after(time, connection);
    varied_.push(now() + time, {&connection, connection.serial});
}

void Loop::after(core::Duration delay, Connection& connection) {
    queue_for(delay).push(now(), {&connection, connection.serial});
}

DelayQueue<Loop::Place>& Loop::queue_for(core::Duration delay) {
    const auto found = std::ranges::find(pauses_, delay, &Delays::delay);
    if (found != pauses_.end()) return found->queue;
    return pauses_.emplace_back(delay, DelayQueue<Place>(delay)).queue;
}

void Loop::arm_deadline(Connection& connection) {
    if (deadlines_.size() >= most_deadlines_) {
        // Nearly all belong to connections that have long ended; those that have not are as few as the slots.
        deadlines_.drop_if([](const Place& place) { return !place.is_valid(); });
        most_deadlines_ = 2 * deadlines_.size() + least_deadlines;
    }
    deadlines_.push(now(), {&connection, connection.serial});
}

void Loop::run_ready() {
    // Bounded: the two sides of a connection with many requests go on and on, and others are due meanwhile.
    constexpr std::size_t most_resumed = 256;
    for (std::size_t resumed = 0; resumed < most_resumed && !ready_.empty(); ++resumed) {
        const Place place = ready_.front();
        ready_.pop_front();
        if (place.is_valid()) place.connection->party->resume(*place.connection);
    }
}

void Loop::run_due(core::Instant now) {
    if (!reactor_.idle()) reactor_.poll();
    wake_paused(now);
    run_ready();
    run_deadlines(now);
    run_ready();
}

void Loop::wake_paused(core::Instant now) {
    for (Delays& delays : pauses_)
        while (const auto timer = delays.queue.pop_due(now))
            if (timer->is_valid()) soon(*timer->connection);
    while (const auto timer = varied_.pop_due(now))
        if (timer->is_valid()) soon(*timer->connection);
}

void Loop::run_deadlines(core::Instant now) {
    while (const auto timer = deadlines_.pop_due(now)) {
        if (!timer->is_valid()) continue;
        if (holds_vary_ && timer->connection->has_exchanged_all())
            holding_.push(now, *timer);
        else
            timer->connection->party->timed_out(*timer->connection);
    }
    while (const auto timer = holding_.pop_due(now))
        if (timer->is_valid()) timer->connection->party->timed_out(*timer->connection);
}

std::optional<core::Instant> Loop::next_timer() const {
    std::optional<core::Instant> next = deadlines_.next_due();
    const auto consider = [&next](const std::optional<core::Instant>& due) {
        if (due && (!next || *due < *next)) next = due;
    };
    consider(holding_.next_due());
    consider(varied_.next_due());
    for (const Delays& delays : pauses_) consider(delays.queue.next_due());
    return next;
}

void Loop::sleep_until(core::Instant due) {
    // Shorter than a wake-up takes: come round again instead.
    constexpr auto shortest_sleep = std::chrono::microseconds{20};
    due = std::min(due, next_timer().value_or(due));
    if (due - now() < shortest_sleep) return;
    reactor_.wait_until(clock_.at(due));
    run_ready();
}

}  // namespace portdrought::load
