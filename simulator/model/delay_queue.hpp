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

    bool is_empty() const { return begin_ == end_; }
    std::size_t size() const { return end_ - begin_; }
    /// The far future where there is none.
    core::Instant next_due() const { return next_due_; }
    const Entry& front() const { return ring_[place_of(begin_)]; }
    /// The one that comes due `index` after the first.
    const Entry& operator[](std::size_t index) const { return ring_[place_of(begin_ + index)]; }

    /// An entry that would come due before the last one comes due with it.
    void push(core::Instant due, const Value& value) { push(due) = value; }
    /// The same; the caller writes the value where it stays, before the next call.
    Value& push(core::Instant due) {
        if (size() == capacity_) grow();
        if (is_empty())
            next_due_ = due;
        else
            due = std::max(due, last_due_);
        last_due_ = due;
        Entry& entry = ring_[place_of(end_++)];
        entry.due = due;
        return entry.value;
    }

    void pop() {
        ++begin_;
        find_next_due();
    }

    /// Those that `is_wanted` refuses are gone; it is asked about each, the first first.
    template <class Question>
    void keep(Question&& is_wanted) {
        std::size_t kept = begin_;
        for (std::size_t i = begin_; i != end_; ++i) {
            const Entry entry = ring_[place_of(i)];
            if (is_wanted(entry.value)) ring_[place_of(kept++)] = entry;
        }
        end_ = kept;
        find_next_due();
    }

private:
    std::size_t place_of(std::size_t number) const { return number & (capacity_ - 1); }
    void find_next_due() { next_due_ = is_empty() ? core::Instant::max() : front().due; }

    [[gnu::noinline]] void grow() {  // which happens too seldom to take up room in push()
        std::vector<Entry> larger(std::max<std::size_t>(capacity_ * 2, 64));
        for (std::size_t i = 0; i < size(); ++i) larger[i] = (*this)[i];
        end_ = size();
        begin_ = 0;
        capacity_ = larger.size();
        ring_ = std::move(larger);
    }

    std::vector<Entry> ring_;
    std::size_t capacity_ = 0;         // of ring_; a power of two
    std::size_t begin_ = 0, end_ = 0;  // numbers of the first entry and of the next one, counted on and on
    core::Instant next_due_ = core::Instant::max(), last_due_{0};
};

}  // namespace portdrought::model
