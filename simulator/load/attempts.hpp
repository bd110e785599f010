// The generator's books: which attempts start, how many are open, how each ended. Knows neither sockets nor
// connections, of which an attempt may need several (retries) or none (a pool has one).
#pragma once

#include <cstdint>
#include <optional>

#include "core/offer.hpp"
#include "core/outcome.hpp"
#include "load/tally.hpp"

namespace portdrought::load {

class Attempts {
public:
    /// The part of worker `share` of `shares`.
    Attempts(const core::OfferPlan& plan, unsigned share, unsigned shares, LiveCounters& live, Tally& tally);

    /// The intended start of an attempt to be started at `now`, if there is one. Those that are due and never start are
    /// counted: late, or refused locally.
    std::optional<core::Instant> start_next(core::Instant now);
    /// When start_next() next has something to do; nothing once the load is over or while a slot has to come free
    /// first.
    std::optional<core::Instant> next_due(core::Instant now) const { return offer_.next_due(now, open_); }
    bool are_over(core::Instant now) const { return offer_.is_over(now) && open_ == parked_; }

    /// A connection was made for the attempt, in a try that began at `started`.
    void connected(core::Instant intended, core::Instant started, core::Instant now);
    void ended(core::Instant intended, core::Outcome outcome);
    /// It is ok, and its connection stays open: so does its slot.
    void parked();
    /// Those under way count as unfinished.
    void abandon();

private:
    void count(core::Outcome outcome) { live_.outcomes[static_cast<std::size_t>(outcome)].add_one(); }

    core::Offer offer_;
    LiveCounters& live_;
    Tally& tally_;
    std::uint32_t open_ = 0;    // slots taken, parked ones included
    std::uint32_t parked_ = 0;  // counted as ok already
};

}  // namespace portdrought::load
