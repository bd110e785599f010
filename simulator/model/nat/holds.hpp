// Ports of closed flows, each taken until its time is over. The time is constant for each way to end, so three queues
// in the order of closing are in the order of release; nothing is sorted, and nothing is allocated once they are warm.
#pragma once

#include <array>
#include <boost/circular_buffer.hpp>
#include <cstdint>
#include <optional>

#include "core/units.hpp"
#include "model/nat/flow.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

/// How long a port stays taken after each end.
class HoldTimes {
public:
    explicit HoldTimes(const scenario::Nat& nat) : times_{nat.after_fin, nat.after_reset, nat.half_open} {}
    core::Duration after(FlowEnd end) const { return times_[static_cast<std::size_t>(end)]; }

private:
    std::array<core::Duration, 3> times_;
};

class Holds {
public:
    explicit Holds(const HoldTimes& times) : times_(times) {}

    /// `now` never goes back.
    void add(NatPort port, FlowEnd end, core::Instant now);

    /// A port whose time is over at `now`, no longer held.
    std::optional<NatPort> take_due(core::Instant now);

    std::uint64_t bytes() const;

private:
    struct Held {
        core::Instant until;
        NatPort port;
    };

    HoldTimes times_;
    std::array<boost::circular_buffer<Held>, 3> queues_;
};

}  // namespace portdrought::model
