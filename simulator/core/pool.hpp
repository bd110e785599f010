// The client's pool: idle connections towards each destination, of which the most recently used one goes first, as
// Go's net/http and most pools do it. Decides which are kept and for how long; what a connection is, and opening and
// closing it, are the engine's. A destination belongs to one worker only, so a pool needs no sharing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/units.hpp"

namespace portdrought::core {

/// Times are real (already compressed).
struct PoolLimits {
    std::uint32_t size = 0;          // idle connections towards each destination; 0: no pool
    Duration idle{0};                // an idle connection is closed after that
    std::uint32_t max_requests = 0;  // a connection is closed after so many; 0: no limit
    bool drained = true;             // false: responses are left unread, which ends their connection
};

/// What became of the connections of a pool.
struct PoolCounts {
    std::uint64_t reused = 0;         // requests on a connection that was there already
    std::uint64_t closed_full = 0;    // connections closed because the pool was full,
    std::uint64_t closed_idle = 0;    // ... idle for too long,
    std::uint64_t closed_worn = 0;    // ... at the limit of requests,
    std::uint64_t closed_unread = 0;  // ... with a response that was not read to its end

    PoolCounts& operator+=(const PoolCounts& other);
};

/// `Connection`: movable, with `Instant since`, when it became idle.
template <class Connection>
class Pool {
public:
    /// Connections that may not stay are counted in `counts`, by reason.
    Pool(const PoolLimits& limits, std::size_t destinations, PoolCounts& counts)
        : limits_(limits), counts_(counts), idle_(destinations) {}

    /// The idle connection to `destination` that was used last.
    std::optional<Connection> take(std::size_t destination);
    /// Whether a connection that has served `requests` may be put back; if not, it is to be closed.
    bool may_keep(std::size_t destination, std::uint32_t requests);
    /// `connection.since` never decreases from call to call.
    void put(std::size_t destination, Connection connection);
    /// One that has been idle for limits.idle at `now`, to be closed.
    std::optional<Connection> take_expired(Instant now);
    /// When take_expired() may next have one.
    std::optional<Instant> next_due() const {
        return size_ == 0 ? std::nullopt : std::optional(oldest_ + limits_.idle);
    }

    std::size_t size() const { return size_; }

private:
    /// A stack whose oldest entries leave at the other end.
    class Idle {
    public:
        bool is_empty() const { return first_ == entries_.size(); }
        std::size_t size() const { return entries_.size() - first_; }
        Instant oldest() const { return entries_[first_].since; }
        void push(Connection connection) { entries_.push_back(std::move(connection)); }
        Connection pop_newest();
        Connection pop_oldest();

    private:
        void tidy();
        std::vector<Connection> entries_;
        std::size_t first_ = 0;
    };

    void look_for_the_oldest();

    const PoolLimits limits_;
    PoolCounts& counts_;
    std::vector<Idle> idle_;  // by destination
    std::size_t size_ = 0;
    Instant oldest_ = Instant::max();  // no idle connection is older than that
};

template <class Connection>
std::optional<Connection> Pool<Connection>::take(std::size_t destination) {
    Idle& idle = idle_[destination];
    if (idle.is_empty()) return std::nullopt;
    --size_;
    return idle.pop_newest();
}

template <class Connection>
bool Pool<Connection>::may_keep(std::size_t destination, std::uint32_t requests) {
    if (!limits_.drained) {
        ++counts_.closed_unread;
    } else if (limits_.max_requests > 0 && requests >= limits_.max_requests) {
        ++counts_.closed_worn;
    } else if (idle_[destination].size() >= limits_.size) {
        ++counts_.closed_full;
    } else {
        return true;
    }
    return false;
}

template <class Connection>
void Pool<Connection>::put(std::size_t destination, Connection connection) {
    oldest_ = std::min(oldest_, connection.since);
    idle_[destination].push(std::move(connection));
    ++size_;
}

// Idle connections are taken from the young end, so the oldest one may be long gone: it is only looked for when its
// time would be over.
template <class Connection>
std::optional<Connection> Pool<Connection>::take_expired(Instant now) {
    if (size_ == 0 || oldest_ + limits_.idle > now) return std::nullopt;
    look_for_the_oldest();
    for (Idle& idle : idle_) {
        if (idle.is_empty() || idle.oldest() + limits_.idle > now) continue;
        --size_;
        ++counts_.closed_idle;
        return idle.pop_oldest();
    }
    return std::nullopt;
}

template <class Connection>
void Pool<Connection>::look_for_the_oldest() {
    oldest_ = Instant::max();
    for (const Idle& idle : idle_)
        if (!idle.is_empty()) oldest_ = std::min(oldest_, idle.oldest());
}

template <class Connection>
Connection Pool<Connection>::Idle::pop_newest() {
    Connection connection = std::move(entries_.back());
    entries_.pop_back();
    tidy();
    return connection;
}

template <class Connection>
Connection Pool<Connection>::Idle::pop_oldest() {
    Connection connection = std::move(entries_[first_]);
    ++first_;
    tidy();
    return connection;
}

// Moves the rest only when most entries have left at the old end, so that each is moved once on average.
template <class Connection>
void Pool<Connection>::Idle::tidy() {
    if (first_ * 2 <= entries_.size()) return;
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
}

}  // namespace portdrought::core
