// How connections end: SO_LINGER and close() of the active closer, the passive close, and what the enforcer has to know
// about both. One per worker.
#pragma once

#include <chrono>
#include <optional>

#include "load/connection.hpp"
#include "load/lingering_closer.hpp"
#include "load/tally.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::load {

class Closing {
public:
    /// `linger`: SO_LINGER of active closers, of which at most `most_closing` block at a time. `enforcer`: nullptr
    /// where the kernel's own TIME-WAIT length is left alone.
    Closing(Loop& loop, std::optional<std::chrono::seconds> linger, std::size_t most_closing,
            timed_wait::Enforcer* enforcer);

    /// True where connections must know their tuples.
    bool needs_tuples() const { return enforcer_ != nullptr; }
    /// True if an active close leaves a TIME-WAIT behind: SO_LINGER {1,0} sends RST instead.
    bool leaves_time_wait() const { return linger_ != std::chrono::seconds{0}; }

    /// The party's closed() is called when close() has returned: at once, or from the loop where close() may block.
    void close_actively(Connection& connection);
    void close_passively(Connection& connection);
    /// The peer reset the connection or broke the exchange off: counts what this side lost, closes.
    void peer_ended(Connection& connection, PeerLosses& losses);
    /// The peer ended an idle connection: nothing is lost.
    void peer_left(Connection& connection);

    /// CPU time spent outside the worker's thread.
    core::Duration cpu_elsewhere() { return lingering_closer_ ? lingering_closer_->cpu() : core::Duration{0}; }

private:
    Loop& loop_;
    std::optional<std::chrono::seconds> linger_;
    std::optional<LingeringCloser> lingering_closer_;  // only where SO_LINGER makes close() block
    timed_wait::Enforcer* enforcer_;
};

}  // namespace portdrought::load
