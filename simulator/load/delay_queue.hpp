// Things that become due after a delay that is the same for all of them, so that a FIFO is already in order of time.
#pragma once

#include <deque>
#include <optional>

#include "core/units.hpp"

namespace portdrought::load {

template <typename T>
class DelayQueue {
public:
    explicit DelayQueue(core::Duration delay) : delay_(delay) {}

    void push(core::Instant now, T item) { items_.push_back({now + delay_, std::move(item)}); }
    std::optional<core::Instant> next_due() const {
        return items_.empty() ? std::nullopt : std::optional(items_.front().due);
    }
    /// The oldest item if it is due, removed.
    std::optional<T> pop_due(core::Instant now) {
        if (items_.empty() || items_.front().due > now) return std::nullopt;
        T item = std::move(items_.front().item);
        items_.pop_front();
        return item;
    }
    std::size_t size() const { return items_.size(); }
    /// Forgets items for which `is_dead(item)`.
    template <typename Predicate>
    void drop_if(const Predicate& is_dead) {
        std::erase_if(items_, [&](const Entry& entry) { return is_dead(entry.item); });
    }

private:
    struct Entry {
        core::Instant due;
        T item;
    };
    core::Duration delay_;
    std::deque<Entry> items_;
};

}  // namespace portdrought::load
