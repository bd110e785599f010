// The client's pool: idle connections towards each destination, of which the most recently used one goes first, as
// Go's net/http and most pools do it. Decides which are kept and for how long; opening and closing are the client's.
// One per worker, which needs no sharing: a destination belongs to one worker only.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "load/connector.hpp"
#include "load/tally.hpp"
#include "os/file_descriptor.hpp"
#include "os/net/tuple.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::load {

/// A connection nobody uses at the moment, with what its next user has to know.
struct IdleConnection {
    os::FileDescriptor fd;
    Route route;
    os::Tuple tuple;
    std::uint32_t requests = 0;  // served so far
    core::Instant since{0};
};

class Pool {
public:
    /// load.pool_size is per destination. Connections that may not stay are counted in `counts`, by reason.
    Pool(const scenario::Load& real_time, std::size_t destinations, PoolCounts& counts);

    /// The idle connection to `destination` that was used last.
    std::optional<IdleConnection> take(std::size_t destination);
    /// Whether a connection that has served `requests` may be put back; if not, it is to be closed.
    bool may_keep(std::size_t destination, std::uint32_t requests);
    /// `connection.since` never decreases from call to call.
    void put(std::size_t destination, IdleConnection connection);
    /// One that has been idle for load.pool_idle at `now`, to be closed.
    std::optional<IdleConnection> take_expired(core::Instant now);
    /// When take_expired() may next have one.
    std::optional<core::Instant> next_due() const;

    std::size_t size() const { return size_; }

private:
    /// A stack whose oldest entries leave at the other end.
    class Idle {
    public:
        bool is_empty() const { return first_ == entries_.size(); }
        std::size_t size() const { return entries_.size() - first_; }
        core::Instant oldest() const { return entries_[first_].since; }
        void push(IdleConnection connection) { entries_.push_back(std::move(connection)); }
        IdleConnection pop_newest();
        IdleConnection pop_oldest();

    private:
        void tidy();
        std::vector<IdleConnection> entries_;
        std::size_t first_ = 0;
    };

    void look_for_the_oldest();

    const scenario::Load limits_;
    PoolCounts& counts_;
    std::vector<Idle> idle_;  // by destination
    std::size_t size_ = 0;
    core::Instant oldest_ = core::Instant::max();  // no idle connection is older than that
};

}  // namespace portdrought::load
