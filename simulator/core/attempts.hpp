// An engine's books: which attempts start, how many are open, how each ended. Knows neither sockets nor
// connections, of which an attempt may need several (retries) or none (a pool has one).
#pragma once

#include <cstdint>

#include "core/attempt_tally.hpp"
#include "core/live_counters.hpp"
#include "core/maybe_instant.hpp"
#include "core/offer.hpp"
#include "core/outcome.hpp"

namespace portdrought::core {

class Attempts {
public:
    /// The part of worker `share` of `shares`.
    Attempts(const OfferPlan& plan, unsigned share, unsigned shares, LiveCounters& live, AttemptTally& tally);

    /// The intended start of an attempt to be started at `now`, if there is one. Those that are due and never start are
    /// counted: late, or refused locally.
    MaybeInstant start_next(Instant now);
    /// When start_next() next has something to do; nothing once the load is over or while a slot has to come free
    /// first.
    MaybeInstant next_due(Instant now) const { return offer_.next_due(now, open_); }
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

// Every attempt of every engine passes through these: inline for the model, which plays millions a second. The longest
// would not be without being forced, at -O2.
[[gnu::always_inline]] inline MaybeInstant Attempts::start_next(Instant now) {
    using Decision = Offer::Decision;
    for (;;) {
        const Instant intended = offer_.intended(now);
        const Decision decision = offer_.take(now, open_);
        if (decision == Decision::nothing) return std::nullopt;
        live_.attempts.add_one();
        if (decision == Decision::start) {
            if (!offer_.is_closed_loop()) tally_.start_lag.add(now - intended);
            ++open_;
            return intended;
        }
        count(decision == Decision::refuse ? Outcome::refused_locally : Outcome::late);
    }
}

inline void Attempts::connected(Instant intended, Instant started, Instant now) {
    live_.connected.add_one();
    tally_.connect.add(now - started);
    if (!offer_.is_closed_loop()) tally_.connect_intended.add(now - intended);
}

inline void Attempts::ended(Instant intended, Outcome outcome) {
    --open_;
    const bool no_port = outcome == Outcome::no_port_connect || outcome == Outcome::no_port_bind;
    if (no_port && !tally_.first_without_port) tally_.first_without_port = intended;
    count(outcome);
}

}  // namespace portdrought::core
