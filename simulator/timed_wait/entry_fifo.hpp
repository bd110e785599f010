// First-in first-out queue of TIME-WAIT entries in chunks: 32 bytes per entry and no reallocation of a long queue, so a
// run with 100,000 tracked entries never pauses to copy them. Chunks are given back as they empty; one stays in
// reserve.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

#include "core/units.hpp"
#include "os/net/packed_tuple.hpp"

namespace portdrought::timed_wait {

struct Entry {
    os::PackedTuple tuple;
    std::uint64_t cookie = 0;
    core::Instant entered{0};
};
static_assert(sizeof(Entry) == 32);

class EntryFifo {
public:
    std::size_t size() const { return size_; }
    bool is_empty() const { return size_ == 0; }
    /// Entries taken out so far: popped() + index is a number that an entry keeps.
    std::uint64_t popped() const { return popped_; }

    const Entry& front() const { return at(0); }
    /// The `index`-th from the front, index < size().
    const Entry& at(std::size_t index) const {
        const std::size_t position = first_ + index;
        return (*chunks_[position / chunk_entries])[position % chunk_entries];
    }

    void push(const Entry& entry) {
        const std::size_t position = first_ + size_;
        if (position == chunks_.size() * chunk_entries) add_chunk();
        (*chunks_.back())[position % chunk_entries] = entry;
        ++size_;
    }

    void pop() {
        --size_;
        ++popped_;
        if (++first_ == chunk_entries) drop_chunk();
    }

    /// Heap bytes of the entries, free slots and reserve included.
    std::size_t memory_bytes() const { return (chunks_.size() + (reserve_ ? 1U : 0U)) * sizeof(Chunk); }

private:
    static constexpr std::size_t chunk_entries = 256;
    using Chunk = std::array<Entry, chunk_entries>;

    void add_chunk() { chunks_.push_back(reserve_ ? std::move(reserve_) : std::make_unique<Chunk>()); }

    void drop_chunk() {
        reserve_ = std::move(chunks_.front());
        chunks_.pop_front();
        first_ = 0;
    }

    std::deque<std::unique_ptr<Chunk>> chunks_;
    std::unique_ptr<Chunk> reserve_;
    std::size_t first_ = 0;  // index of front() in the first chunk
    std::size_t size_ = 0;
    std::uint64_t popped_ = 0;
};

}  // namespace portdrought::timed_wait
