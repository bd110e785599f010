// Things that become due after delays that differ; where they are all the same, a DelayQueue is cheaper.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/units.hpp"

namespace portdrought::load {

template <typename T>
class TimerHeap {
public:
    void push(core::Instant due, T item) {
        entries_.push_back({due, next_++, std::move(item)});
        std::ranges::push_heap(entries_, Later{});
    }
    std::optional<core::Instant> next_due() const {
        return entries_.empty() ? std::nullopt : std::optional(entries_.front().due);
    }
    /// The first item that is due, removed; of those due at once the one pushed first.
    std::optional<T> pop_due(core::Instant now) {
        if (entries_.empty() || entries_.front().due > now) return std::nullopt;
        std::ranges::pop_heap(entries_, Later{});
        T item = std::move(entries_.back().item);
        entries_.pop_back();
        return item;
    }

private:
    struct Entry {
        core::Instant due;
        std::uint64_t number;
        T item;
    };
    struct Later {
        bool operator()(const Entry& one, const Entry& other) const {
            return std::pair{one.due, one.number} > std::pair{other.due, other.number};
        }
    };
    std::vector<Entry> entries_;
    std::uint64_t next_ = 0;
};

}  // namespace portdrought::load
