// A walk over slots in order, as every search but one does it: along one stretch, then along another.
#pragma once

#include <cstdint>
#include <vector>

#include "model/port_bits.hpp"
#include "model/search/layout.hpp"
#include "model/search/port_search.hpp"

namespace portdrought::model {

/// Slots [from, end).
struct Stretch {
    std::uint32_t from = 0;
    std::uint32_t end = 0;

    std::uint32_t length() const { return end - from; }
};

struct Walked {
    MaybeSlot slot;
    std::uint32_t passed = 0;  // slots before the one found, reserved ones included; all, if none was found
    std::uint32_t probes = 0;  // as in Searched
};

class Walk {
public:
    Walk(const Layout& layout, const std::vector<std::uint32_t>& reserved_offsets);

    Walked along(const PortBits& takeable, Stretch first, Stretch second) const {
        if (const auto slot = takeable.next(first.from, first.end))
            return {slot, *slot - first.from, probes({first.from, *slot + 1})};
        const std::uint32_t before = probes(first);
        if (const auto slot = takeable.next(second.from, second.end))
            return {slot, first.length() + *slot - second.from, before + probes({second.from, *slot + 1})};
        return {std::nullopt, first.length() + second.length(), before + probes(second)};
    }

    /// All of `ring` once, beginning at `start`, which lies in it.
    Walked around(const PortBits& takeable, Stretch ring, std::uint32_t start) const {
        return along(takeable, {start, ring.end}, {ring.from, start});
    }

    bool reserves() const { return !reserved_before_.empty(); }
    bool is_reserved(std::uint32_t slot) const { return reserves() && probes({slot, slot + 1}) == 0; }

private:
    std::uint32_t probes(Stretch stretch) const {
        if (!reserves()) return stretch.length();
        return stretch.length() - (reserved_before_[stretch.end] - reserved_before_[stretch.from]);
    }

    std::vector<std::uint32_t> reserved_before_;  // by slot, one more than there are; empty if none is reserved
};

}  // namespace portdrought::model
