// The NAT between hosts and destinations, on simulated time: a flow gets a port of a public address or loses its SYN. A
// port serves one flow per destination and comes back some time after the flow's end, which happens inside the calls,
// so that nobody has to schedule it. Memory depends on ports, hosts and destinations, never on how many flows there
// were. Deterministic: the same calls with the same seed yield the same ports.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/units.hpp"
#include "model/nat/flow.hpp"
#include "model/nat/translation.hpp"
#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

/// `now` never goes back from one call to the next.
class Nat {
public:
    using End = FlowEnd;
    using Mapping = NatPort;

    /// `real_time` has delays as they pass in this run (scenario/compress.hpp). 1 <= hosts, destinations.
    Nat(const scenario::Nat& real_time, std::uint32_t hosts, std::uint32_t destinations, std::uint64_t seed);

    /// None: no port, the SYN is dropped. Call it for each SYN that is sent again, too, but not for one that already
    /// has a mapping. A host opens no flow whose former one on the same ports it has not closed.
    std::optional<Mapping> open(const NatFlow& flow, core::Instant now);

    /// The flow of `mapping`, which is open, has ended.
    void close(Mapping mapping, End end, core::Instant now);

    /// Ports taken, those of closed flows included, towards all destinations.
    std::uint64_t in_use(core::Instant now);
    std::uint64_t dropped() const { return dropped_; }

    /// first_drop_s is in the time of `now`.
    record::NatUse use() const;

    std::uint64_t bytes() const { return translation_->bytes(); }

private:
    std::unique_ptr<Translation> translation_;
    std::uint64_t flows_ = 0, dropped_ = 0;
    std::optional<core::Instant> first_drop_;
};

}  // namespace portdrought::model
