// Client-side admission control: a token bucket in front of the attempts, so that no more are let through than the
// ports can bear. Decides by due times and never looks at a clock, so the generator's own lateness refuses nothing and
// both engines refuse the same attempts.
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"

namespace portdrought::core {

class Admission {
public:
    /// The part of worker `share` of `shares`; together they let `rate` through. nullopt: everything.
    explicit Admission(const std::optional<Rate>& rate, unsigned share = 0, unsigned shares = 1);

    /// Whether the attempt that is due then goes on; takes its token if so. `due` never decreases.
    ///
    /// The bucket holds two tokens and starts with one. Two, because a token that comes between two attempts must not
    /// be lost, or less than the rate would pass; not more, because saved tokens are a burst, and its ports stay taken.
    bool admits(Instant due) { return unlimited_ || takes_token(due); }
    /// Attempts due before that are refused.
    Instant ready_at() const { return unlimited_ ? Instant{0} : next_token(); }

private:
    bool takes_token(Instant due);
    Instant next_token() const;

    bool unlimited_;
    double gap_ns_;     // between tokens
    double base_ns_;    // when the first of the tokens counted by taken_ was there
    double taken_ = 0;  // tokens since then, so that rounding errors do not add up
};

}  // namespace portdrought::core
