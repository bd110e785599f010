// Which attempts are offered, which of them may start, and when the load is over: open loop at a held rate, or closed
// loop with a number of slots. Decides and counts nothing else; the caller passes the time and the slots in use, so
// both engines offer the same attempts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/admission.hpp"
#include "core/arrivals.hpp"
#include "core/maybe_instant.hpp"
#include "core/pacer.hpp"
#include "core/units.hpp"

namespace portdrought::core {

/// Times are real (already compressed).
struct OfferPlan {
    std::optional<Rate> rate;  // nullopt: closed loop, a new attempt as soon as a slot is free
    ArrivalPlan arrivals;
    Duration duration{0};
    std::uint32_t in_flight = 1;  // of all shares together
    Duration patience{0};         // an attempt that could not start this long after it was due is late
    std::uint64_t seed = 1;
    std::optional<Rate> admission;  // open loop: what is let through, of all shares together; nullopt: everything
};

class Offer {
public:
    /// The part of worker `share` of `shares`; every share has at least one slot if in_flight >= shares.
    explicit Offer(const OfferPlan& plan, unsigned share = 0, unsigned shares = 1);

    enum class Decision : std::uint8_t {
        nothing,  // none is due, or the closed loop's slots are taken
        start,    // an attempt is offered and may start
        refuse,   // an attempt is offered and admission lets no more through: it never starts, slot or no slot
        late      // an attempt is offered and has no slot, or the generator is too far behind: it never starts
    };
    /// The intended start of what take() decides upon next. Open loop: when it is due; closed loop: now.
    Instant intended(Instant now) const { return closed_loop_ ? now : pacer_.next_due(); }
    /// What becomes of the next attempt that is due at `now`, one per call. `open`: slots in use.
    Decision take(Instant now, std::uint32_t open);

    /// When take() can next answer start or late, or the last refusals are to be counted; absent when the load is over
    /// or a slot must come free first.
    MaybeInstant next_due(Instant now, std::uint32_t open) const;
    /// No further attempt will be offered.
    bool is_over(Instant now) const { return closed_loop_ ? now >= duration_ : pacer_.next_due() >= duration_; }
    bool is_closed_loop() const { return closed_loop_; }

private:
    bool closed_loop_;
    Duration duration_, patience_;
    std::uint32_t slots_;
    Pacer pacer_;
    Admission admission_;
};

inline Offer::Decision Offer::take(Instant now, std::uint32_t open) {
    if (now < Instant{0}) return Decision::nothing;
    if (closed_loop_) return now < duration_ && open < slots_ ? Decision::start : Decision::nothing;
    const Instant due = pacer_.next_due();
    if (due > now || due >= duration_) return Decision::nothing;
    pacer_.advance();
    if (!admission_.admits(due)) return Decision::refuse;
    return open < slots_ && now - due <= patience_ ? Decision::start : Decision::late;
}

inline MaybeInstant Offer::next_due(Instant now, std::uint32_t open) const {
    if (closed_loop_) {
        const Instant due = std::max(now, Instant{0});
        return due < duration_ && open < slots_ ? MaybeInstant(due) : std::nullopt;
    }
    const Instant offered = pacer_.next_due();
    if (offered >= duration_) return std::nullopt;
    // Attempts that will be refused need nobody to come round for each of them: the next one that passes is soon
    // enough.
    return std::min(std::max(offered, admission_.ready_at()), duration_);
}

}  // namespace portdrought::core
