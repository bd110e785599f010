// The ports of one public address that are free towards one destination: PortBits with counts above them, so that "any
// of them, each as likely as the other" is a few words of work however few are left.
#pragma once

#include <cstdint>
#include <vector>

#include "model/port_bits.hpp"
#include "model/random.hpp"

namespace portdrought::model {

class FreePorts {
public:
    /// Slots 0 to size - 1, all free.
    explicit FreePorts(std::uint32_t size);

    std::uint32_t size() const { return bits_.size(); }
    std::uint32_t free() const { return bits_.count(); }
    std::uint32_t taken() const { return size() - free(); }
    bool is_free(std::uint32_t slot) const { return bits_.test(slot); }

    /// `slot` is free.
    void take(std::uint32_t slot) {
        assert(is_free(slot));
        bits_.reset(slot);
        --counts_[slot / group];
    }

    /// `slot` is taken.
    void give_back(std::uint32_t slot) {
        assert(!is_free(slot));
        bits_.set(slot);
        ++counts_[slot / group];
    }

    /// Free ones in [from, end).
    std::uint32_t free_in(std::uint32_t from, std::uint32_t end) const;

    /// The first free one in [from, end).
    MaybeSlot next(std::uint32_t from, std::uint32_t end) const { return bits_.next(from, end); }

    /// The free one that has `before` others between `from` and itself; there is one.
    std::uint32_t nth(std::uint32_t from, std::uint32_t before) const;

    /// Any free one, each as likely as the other; there is one.
    std::uint32_t any(Random& random) const;

    std::uint64_t bytes() const;

private:
    static constexpr std::uint32_t group = 512;

    PortBits bits_;
    std::vector<std::uint16_t> counts_;  // free slots of each group
};

}  // namespace portdrought::model
