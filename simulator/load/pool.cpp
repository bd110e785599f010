#include "load/pool.hpp"

#include <algorithm>

namespace portdrought::load {

Pool::Pool(const scenario::Load& real_time, std::size_t destinations, PoolCounts& counts)
    : limits_(real_time), counts_(counts), idle_(destinations) {}

std::optional<IdleConnection> Pool::take(std::size_t destination) {
    Idle& idle = idle_[destination];
    if (idle.is_empty()) return std::nullopt;
    --size_;
    return idle.pop_newest();
}

bool Pool::may_keep(std::size_t destination, std::uint32_t requests) {
    if (!limits_.pool_drain) {
        ++counts_.closed_unread;
    } else if (limits_.pool_max_requests > 0 && requests >= limits_.pool_max_requests) {
        ++counts_.closed_worn;
    } else if (idle_[destination].size() >= limits_.pool_size) {
        ++counts_.closed_full;
    } else {
        return true;
    }
    return false;
}

void Pool::put(std::size_t destination, IdleConnection connection) {
    oldest_ = std::min(oldest_, connection.since);
    idle_[destination].push(std::move(connection));
    ++size_;
}

std::optional<core::Instant> Pool::next_due() const {
    return size_ == 0 ? std::nullopt : std::optional(oldest_ + limits_.pool_idle);
}

// Idle connections are taken from the young end, so the oldest one may be long gone: it is only looked for when its
// time would be over.
std::optional<IdleConnection> Pool::take_expired(core::Instant now) {
    if (size_ == 0 || oldest_ + limits_.pool_idle > now) return std::nullopt;
    look_for_the_oldest();
    for (Idle& idle : idle_) {
        if (idle.is_empty() || idle.oldest() + limits_.pool_idle > now) continue;
        --size_;
        ++counts_.closed_idle;
        return idle.pop_oldest();
    }
    return std::nullopt;
}

void Pool::look_for_the_oldest() {
    oldest_ = core::Instant::max();
    for (const Idle& idle : idle_)
        if (!idle.is_empty()) oldest_ = std::min(oldest_, idle.oldest());
}

IdleConnection Pool::Idle::pop_newest() {
    IdleConnection connection = std::move(entries_.back());
    entries_.pop_back();
    tidy();
    return connection;
}

IdleConnection Pool::Idle::pop_oldest() {
    IdleConnection connection = std::move(entries_[first_]);
    ++first_;
    tidy();
    return connection;
}

// Moves the rest only when most entries have left at the old end, so that each is moved once on average.
void Pool::Idle::tidy() {
    if (first_ * 2 <= entries_.size()) return;
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
}

}  // namespace portdrought::load
