// A worker's loop: which connection goes on next. Connections that can go on stand in a queue; others wait in the
// reactor or for a time. Single-threaded; connections must outlive the loop, a serial number guards against reuse.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "load/connection.hpp"
#include "load/delay_queue.hpp"
#include "load/reactor.hpp"
#include "load/timer_heap.hpp"
#include "os/run_clock.hpp"

namespace portdrought::load {

class Loop {
public:
    /// Real time. `timeout`: of a connection with a deadline, its hold not counted. Holds that vary are up to
    /// `longest_hold`; where they do not, all have that length.
    Loop(const os::RunClock& clock, core::Duration timeout, core::Duration longest_hold, bool holds_vary = false);

    core::Instant now() const { return clock_.now(); }

    void soon(Connection& connection) { ready_.push_back(Place{&connection, connection.serial}); }
    /// Where `pause` is a wait, sees to it that the connection is resumed after it; false for anything else.
    bool waits(Connection& connection, Pause pause);
    /// From now on the connection has as long as the loop's timeout and its hold; then party->timed_out() is called.
    void arm_deadline(Connection& connection);
    /// Resumes when the descriptor is ready.
    void when(Connection& connection, Reactor::Direction direction);
    void after(core::Duration delay, Connection& connection);
    /// Calls `action` once when `fd` is readable: for listeners.
    void when_readable(int fd, std::function<void()> action) {
        reactor_.wait(fd, Reactor::Direction::read, std::move(action));
    }
    void cancel(const Connection& connection) { reactor_.cancel(connection.fd.get()); }

    /// Resumes what is in the queue, also what joins it meanwhile, up to a bound.
    void run_ready();
    bool has_ready() const { return !ready_.empty(); }
    /// Resumes what is due by time and what the reactor has ready; never sleeps.
    void run_due(core::Instant now);
    /// Sleeps until `due`, an earlier timer or a ready descriptor.
    void sleep_until(core::Instant due);

private:
    /// A connection that waits somewhere; void once the object is used anew or its deadline has ended it.
    struct Place {
        Connection* connection;
        std::uint64_t serial;
        bool is_valid() const { return connection->serial == serial; }
    };

    void rest(Connection& connection, core::Duration time);
    DelayQueue<Place>& queue_for(core::Duration delay);
    void wake_paused(core::Instant now);
    void run_deadlines(core::Instant now);
    std::optional<core::Instant> next_timer() const;

    const os::RunClock& clock_;
    Reactor reactor_;
    std::deque<Place> ready_;
    struct Delays {
        core::Duration delay;
        DelayQueue<Place> queue;
    };
    std::vector<Delays> pauses_;  // few: hold, read delay, back-off
    const bool holds_vary_;
    TimerHeap<Place> varied_;  // pauses of connections whose holds vary
    DelayQueue<Place> deadlines_;
    DelayQueue<Place> holding_;  // deadlines of those whose exchange was over in time, where holds vary
    static constexpr std::size_t least_deadlines = 4096;
    std::size_t most_deadlines_ = least_deadlines;  // before the dead ones are dropped
};

}  // namespace portdrought::load
