// Events with delays of their own, ordered by (time, sequence): what happens at the same time happens in the order it
// was put in.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/units.hpp"

namespace portdrought::model {

template <class Value>
class EventHeap {
public:
    bool is_empty() const { return heap_.empty(); }
    core::Instant next_due() const { return heap_.empty() ? core::Instant::max() : heap_.front().due; }

    void push(core::Instant due, const Value& value) {
        heap_.push_back({due, sequence_++, value});
        std::ranges::push_heap(heap_, is_later);
    }

    Value pop() {
        std::ranges::pop_heap(heap_, is_later);
        Value value = heap_.back().value;
        heap_.pop_back();
        return value;
    }

private:
    struct Event {
        core::Instant due;
        std::uint64_t sequence;
        Value value;
    };
    static bool is_later(const Event& a, const Event& b) {
        return a.due != b.due ? a.due > b.due : a.sequence > b.sequence;
    }

    std::vector<Event> heap_;
    std::uint64_t sequence_ = 0;
};

}  // namespace portdrought::model
