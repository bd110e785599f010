// How connections end: SO_LINGER, half-close and close() of the active closer, the passive close, both at once, and
// what the enforcer has to know about them. One per worker, which plays both sides.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <chrono>
#include <optional>

#include "load/connection.hpp"
#include "load/lingering_closer.hpp"
#include "load/tally.hpp"
#include "os/net/tuple_hash.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::load {

/// The scenario's settings of an end. Default: the active closer calls close(), the other side answers.
struct Ending {
    std::optional<std::chrono::seconds> linger, passive_linger;  // SO_LINGER of either side
    bool by_both = false;                                        // both sides close, neither has seen the other's FIN
    bool unread = false;                                         // the active closer leaves data unread
};

class Closing {
public:
    /// At most `most_closing` active closers block in close() at a time. `enforcer`: nullptr where the kernel's own
    /// TIME-WAIT length is left alone.
    Closing(Loop& loop, const Ending& ending, std::size_t most_closing, timed_wait::Enforcer* enforcer);

    /// True where connections must know their tuples.
    bool needs_tuples() const { return enforcer_ != nullptr || ending_.by_both; }
    /// True if an active close leaves a TIME-WAIT behind: a reset from either side leaves none.
    bool leaves_time_wait() const;

    /// The FIN of an active closer that goes on reading; close_actively() comes later.
    void send_fin(Connection& connection);
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
    /// Which FIN an active closer's is.
    enum class Fin : std::uint8_t {
        first,   // the usual active close, or the held one of two at the same time
        second,  // of two at the same time
        own,     // of a connection to itself: both sides in one
        answer   // the other side was faster: this one is the passive closer after all
    };

    Fin fin_of(const Connection& connection);
    void before(Connection& connection, Fin fin);
    void after(const Connection& connection, Fin fin);

    Loop& loop_;
    Ending ending_;
    std::optional<LingeringCloser> lingering_closer_;  // only where SO_LINGER makes close() block
    timed_wait::Enforcer* enforcer_;
    // Where both close: sides whose FIN is held back until the other side closes.
    boost::unordered_flat_set<os::Tuple, os::TupleHash> held_;
};

}  // namespace portdrought::load
