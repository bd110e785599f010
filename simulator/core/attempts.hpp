// An engine's books: which attempts start, how many are open, how each ended. Knows neither sockets nor
// connections, of which an attempt may need several (retries) or none (a pool has one).
#pragma once

#include <cstdint>
#include <optional>

#include "core/attempt_tally.hpp"
#include "core/live_counters.hpp"
#include "core/offer.hpp"
#include "core/outcome.hpp"

namespace portdrought::core {

class Attempts {
public:
    /// The part of worker `share` of `shares`.
    Attempts(const OfferPlan& plan, unsigned share, unsigned shares, LiveCounters& live, AttemptTally& tally);

    /// The intended start of an attempt to be started at `now`, if there is one. Those that are due and never start are
    /// counted: late, or refused locally.
    std::optional<Instant> start_next(Instant now);
    /// When start_next() next has something to do; nothing once the load is over or while a slot has to come free
    /// first.
    std::optional<Instant> next_due(Instant now) const { return offer_.next_due(now, open_); }
    bool are_over(Instant now) const { return offer_.is_over(now) && open_ == parked_; }

    /// A connection was made for the attempt, in a try that began at `started`.
    void connected(Instant intended, Instant started, Instant now);
    /// Another try of the same attempt begins.
    void retried() { ++tally_.retries; }
    void ended(Instant intended, Outcome outcome);
    /// It is ok, and its connection stays open: so does its slot.
    void parked();
    /// Those under way count as unfinished.
    void abandon();

private:
    void count(Outcome outcome) { live_.outcomes[static_cast<std::size_t>(outcome)].add_one(); }

    Offer offer_;
    LiveCounters& live_;
    AttemptTally& tally_;
    std::uint32_t open_ = 0;    // slots taken, parked ones included
    std::uint32_t parked_ = 0;  // counted as ok already
};

}  // namespace portdrought::core
