// Events that all lie the same delay ahead: they come due in the order they were put in, so a ring will do, and nothing
// is allocated once it is as long as it gets.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/units.hpp"

namespace portdrought::model {

template <class Value>
class DelayQueue {
public:
    struct Entry {
        core::Instant due;
        Value value;
    };

    bool is_empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    /// The far future where there is none.
    core::Instant next_due() const { return next_due_; }
    const Entry& front() const { return ring_[first_]; }
    /// The one that comes due `index` after the first.
    const Entry& operator[](std::size_t index) const { return ring_[(first_ + index) & mask_]; }

    /// An entry that would come due before the last one comes due with it.
    void push(core::Instant due, const Value& value) {
        if (size_ > mask_ || ring_.empty()) grow();
        if (size_ > 0)
            due = std::max(due, last_due_);
        else
            next_due_ = due;
        last_due_ = due;
        Entry& entry = ring_[(first_ + size_) & mask_];
        entry.due = due;
        entry.value = value;
        ++size_;
    }

    void pop() {
        first_ = (first_ + 1) & mask_;
        --size_;
        next_due_ = size_ == 0 ? core::Instant::max() : ring_[first_].due;
    }

    /// Those that `is_wanted` refuses are gone; it is asked about each, the first first.
    template <class Question>
    void keep(Question&& is_wanted) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const Entry entry = (*this)[i];
            if (is_wanted(entry.value)) ring_[(first_ + kept++) & mask_] = entry;
        }
        size_ = kept;
        next_due_ = size_ == 0 ? core::Instant::max() : ring_[first_].due;
    }

private:
    void grow() {
        std::vector<Entry> larger(std::max<std::size_t>(ring_.size() * 2, 64));
        for (std::size_t i = 0; i < size_; ++i) larger[i] = (*this)[i];
        ring_ = std::move(larger);
        first_ = 0;
        mask_ = ring_.size() - 1;
    }

    std::vector<Entry> ring_;
    std::size_t first_ = 0, size_ = 0, mask_ = 0;
    core::Instant next_due_ = core::Instant::max(), last_due_{0};
};

}  // namespace portdrought::model
