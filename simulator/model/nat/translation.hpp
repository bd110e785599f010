// The seam between the NAT and the two ways to find a port: gateway.hpp, conntrack.hpp.
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"
#include "model/nat/flow.hpp"

namespace portdrought::model {

class PortPool;

class Translation {
public:
    virtual ~Translation() = default;

    /// A port for a new flow, taken; none: the SYN is dropped.
    virtual std::optional<NatPort> open(const NatFlow& flow) = 0;
    /// `port` belongs to an open flow. `now` never goes back.
    virtual void close(NatPort port, FlowEnd end, core::Instant now) = 0;
    /// Gives back every port whose time is over.
    virtual void release_until(core::Instant now) = 0;

    virtual const PortPool& pool() const = 0;
    /// Flows towards one destination at one time.
    virtual std::uint64_t capacity() const = 0;
    /// Ports taken from closed flows before their time.
    virtual std::uint64_t evicted() const = 0;
    virtual std::uint64_t bytes() const = 0;
};

}  // namespace portdrought::model
