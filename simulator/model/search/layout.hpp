// Which slot of a PortBits stands for which port. Slots are numbered in the order in which the search looks at ports,
// so that a search is a scan over words.
#pragma once

#include <cstdint>

#include "model/search/algorithm.hpp"

namespace portdrought::model {

/// Offsets are from the first port of the range (or window).
class Layout {
public:
    /// Slot = offset.
    static Layout linear(std::uint32_t ports) { return Layout(ports, 0); }
    /// All even offsets, then all odd ones.
    static Layout by_parity(std::uint32_t ports) { return Layout(ports, (ports + 1) / 2); }
    /// The one that `algorithm` needs.
    static Layout of(Algorithm algorithm, std::uint32_t ports, bool window);

    std::uint32_t ports() const { return ports_; }
    bool is_by_parity() const { return odd_ != 0; }
    /// By parity: the slot of offset 1, and the number of even offsets.
    std::uint32_t first_odd() const { return odd_; }

    std::uint32_t slot_of(std::uint32_t offset) const {
        return is_by_parity() ? (offset >> 1) + (offset & 1U) * odd_ : offset;
    }
    std::uint32_t offset_of(std::uint32_t slot) const {
        if (!is_by_parity()) return slot;
        return slot < odd_ ? slot << 1 : (slot - odd_) << 1 | 1U;
    }

private:
    Layout(std::uint32_t ports, std::uint32_t odd) : ports_(ports), odd_(odd) {}

    std::uint32_t ports_;
    std::uint32_t odd_;  // slots below are even offsets; 0: linear
};

}  // namespace portdrought::model
