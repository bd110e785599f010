// A set of up to 65,536 slots, one per port, as words of bits with two levels of summaries above them: the next slot in
// it is found in a few instructions however empty the set is. What a slot stands for is the caller's business.
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>
#include <optional>
#include <vector>

namespace portdrought::model {

/// A slot or none, read like a std::optional but in four bytes: those of an optional are written in two pieces and read
/// in one, which stalls the CPU for longer than a search takes.
class MaybeSlot {
public:
    constexpr MaybeSlot() = default;
    constexpr MaybeSlot(std::nullopt_t) {}
    constexpr MaybeSlot(std::uint32_t slot) : slot_(slot) {}

    constexpr bool has_value() const { return slot_ != none; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr std::uint32_t operator*() const { return slot_; }
    constexpr operator std::optional<std::uint32_t>() const {
        return has_value() ? std::optional(slot_) : std::nullopt;
    }
    friend bool operator==(const MaybeSlot&, const MaybeSlot&) = default;

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    std::uint32_t slot_ = none;
};

class PortBits {
public:
    static constexpr std::uint32_t max_size = 65'536;

    /// Slots 0 to size - 1, none of them in the set. 1 <= size <= max_size. Allocates here and never again.
    explicit PortBits(std::uint32_t size);

    std::uint32_t size() const { return size_; }
    std::uint32_t count() const { return count_; }
    bool is_empty() const { return count_ == 0; }

    bool test(std::uint32_t slot) const {
        assert(slot < size_);
        return (words_[slot / 64] >> (slot % 64) & 1U) != 0;
    }

    void set(std::uint32_t slot) {
        assert(slot < size_);
        std::uint64_t& word = words_[slot / 64];
        count_ += static_cast<std::uint32_t>(~word >> (slot % 64) & 1U);
        word |= bit(slot % 64);
        words_[summaries_ + slot / 4096] |= bit(slot / 64 % 64);
        top_ |= bit(slot / 4096);
    }

    void reset(std::uint32_t slot) {
        assert(slot < size_);
        std::uint64_t& word = words_[slot / 64];
        count_ -= static_cast<std::uint32_t>(word >> (slot % 64) & 1U);
        word &= ~bit(slot % 64);
        if (word != 0) return;
        std::uint64_t& summary = words_[summaries_ + slot / 4096];
        summary &= ~bit(slot / 64 % 64);
        if (summary == 0) top_ &= ~bit(slot / 4096);
    }

    void set_all();

    /// The first slot of the set in [from, end), end <= size().
    MaybeSlot next(std::uint32_t from, std::uint32_t end) const {
        assert(end <= size_);
        if (from >= end) return std::nullopt;
        const std::uint32_t slot = next_from(from);
        return slot < end ? MaybeSlot(slot) : MaybeSlot();
    }

private:
    static constexpr std::uint64_t bit(std::uint32_t index) { return std::uint64_t{1} << index; }
    /// Bits above `index`, which is below 64.
    static constexpr std::uint64_t above(std::uint32_t index) { return ~std::uint64_t{1} << index; }
    static std::uint32_t lowest(std::uint64_t word) { return static_cast<std::uint32_t>(std::countr_zero(word)); }

    std::uint32_t in_word(std::uint32_t word) const { return word * 64 + lowest(words_[word]); }
    std::uint32_t in_summary(std::uint32_t summary) const {
        return in_word(summary * 64 + lowest(words_[summaries_ + summary]));
    }

    std::uint32_t next_from(std::uint32_t from) const {
        const std::uint32_t word = from / 64;
        const std::uint64_t here = words_[word] >> (from % 64);
        if (here != 0) return from + lowest(here);
        const std::uint32_t summary = word / 64;
        const std::uint64_t words_after = words_[summaries_ + summary] & above(word % 64);
        if (words_after != 0) return in_word(summary * 64 + lowest(words_after));
        const std::uint64_t summaries_after = top_ & above(summary);
        return summaries_after != 0 ? in_summary(lowest(summaries_after)) : max_size;
    }

    std::uint32_t size_;
    std::uint32_t summaries_;           // index of the first summary in words_
    std::vector<std::uint64_t> words_;  // a bit per slot; then summaries, a bit per word that is not 0
    std::uint64_t top_ = 0;             // a bit per summary that is not 0
    std::uint32_t count_ = 0;
};

}  // namespace portdrought::model
