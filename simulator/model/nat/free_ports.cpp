#include "model/nat/free_ports.hpp"

#include <algorithm>
#include <bit>

namespace portdrought::model {
namespace {

/// The place of the bit that has `before` others below it.
std::uint32_t nth_bit(std::uint64_t word, std::uint32_t before) {
    for (; before > 0; --before) word &= word - 1;
    return static_cast<std::uint32_t>(std::countr_zero(word));
}

std::uint32_t bits_in(std::uint64_t word) { return static_cast<std::uint32_t>(std::popcount(word)); }

}  // namespace

FreePorts::FreePorts(std::uint32_t size) : bits_(size), counts_((size + group - 1) / group) {
    bits_.set_all();
    for (std::uint32_t i = 0; i < counts_.size(); ++i)
        counts_[i] = static_cast<std::uint16_t>(std::min(group, size - i * group));
}

std::uint32_t FreePorts::free_in(std::uint32_t from, std::uint32_t end) const {
    std::uint32_t count = 0;
    while (from < end) {
        if (from % group == 0 && from + group <= end) {
            count += counts_[from / group];
            from += group;
            continue;
        }
        const std::uint32_t stop = std::min(end, (from / 64 + 1) * 64);
        count += bits_in(bits_.word(from / 64) >> (from % 64) << (64 - (stop - from)));
        from = stop;
    }
    return count;
}

std::uint32_t FreePorts::nth(std::uint32_t from, std::uint32_t before) const {
    for (;;) {
        if (from % group == 0 && counts_[from / group] <= before) {
            before -= counts_[from / group];
            from += group;
            continue;
        }
        const std::uint64_t rest = bits_.word(from / 64) >> (from % 64);
        const std::uint32_t here = bits_in(rest);
        if (before < here) return from + nth_bit(rest, before);
        before -= here;
        from = (from / 64 + 1) * 64;
    }
}

std::uint32_t FreePorts::any(Random& random) const {
    assert(free() > 0);
    constexpr int cheap_tries = 4;  // each finds one with the chance of the share that is free
    for (int i = 0; i < cheap_tries; ++i)
        if (const std::uint32_t slot = random.below(size()); is_free(slot)) return slot;
    return nth(0, random.below(free()));
}

std::uint64_t FreePorts::bytes() const { return sizeof *this + (size() / 64 + 17) * 8 + counts_.size() * 2; }

}  // namespace portdrought::model
