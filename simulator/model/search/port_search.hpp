// How a host chooses the source port of a connection: one search per modelled host, because counters and tables are the
// host's and not a destination's. Which ports can be taken is the caller's to know (PortBits, one per tuple, where
// TIME_WAIT and its reuse are already decided); a search only says in which order it looks.
//
// Deterministic: the same setup and the same calls give the same ports. find() allocates nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/units.hpp"
#include "model/port_bits.hpp"
#include "model/search/algorithm.hpp"
#include "model/search/layout.hpp"

namespace portdrought::model {

struct SearchSetup {
    Algorithm algorithm = Algorithm::linux_6_18;
    std::uint32_t ports = 28'232;         // size of the range, or of the window; 1 to 65,536
    bool window = false;                  // a range of the socket's own (IP_LOCAL_PORT_RANGE)
    std::vector<std::uint32_t> reserved;  // offsets within `ports` that are never candidates, each once
    std::uint32_t tuples = 1;             // (source, destination) pairs that the host connects
    std::uint32_t first = 0;              // `sequential`: offset of the first port tried
    std::uint64_t seed = 1;
};

struct Searched {
    MaybeSlot slot;            // none: EADDRNOTAVAIL
    std::uint32_t probes = 0;  // ports looked at, the taken one included; reserved ones are not looked at
};

class PortSearch {
public:
    explicit PortSearch(const SearchSetup& setup) : layout_(Layout::of(setup.algorithm, setup.ports, setup.window)) {}
    PortSearch(const PortSearch&) = delete;
    PortSearch& operator=(const PortSearch&) = delete;
    virtual ~PortSearch() = default;

    /// The slot that a connection of `tuple` (below SearchSetup::tuples) gets; the caller takes it. `takeable` has a
    /// slot per port of the layout, no reserved one among those that are set. `now` never goes back.
    virtual Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) = 0;

    const Layout& layout() const { return layout_; }

private:
    Layout layout_;
};

std::unique_ptr<PortSearch> make_port_search(const SearchSetup& setup);

}  // namespace portdrought::model
