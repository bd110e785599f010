#include "core/offer.hpp"

#include <algorithm>

namespace portdrought::core {
namespace {

std::uint32_t share_of(std::uint32_t whole, unsigned share, unsigned shares) {
    return whole / shares + (share < whole % shares ? 1 : 0);
}

}  // namespace

Offer::Offer(const OfferPlan& plan, unsigned share, unsigned shares)
    : closed_loop_(!plan.rate),
      duration_(plan.duration),
      patience_(plan.patience),
      slots_(share_of(plan.in_flight, share, shares)),
      pacer_(plan.arrivals, plan.rate.value_or(Rate{1}), plan.seed, share, shares),
      admission_(plan.admission, share, shares) {}

Offer::Next Offer::take(Instant now, std::uint32_t open) {
    if (now < Instant{0}) return {};
    if (closed_loop_) return {now < duration_ && open < slots_ ? Decision::start : Decision::nothing, now};
    const Instant due = pacer_.next_due();
    if (due > now || due >= duration_) return {};
    pacer_.advance();
    if (!admission_.admits(due)) return {Decision::refuse, due};
    return {open < slots_ && now - due <= patience_ ? Decision::start : Decision::late, due};
}

std::optional<Instant> Offer::next_due(Instant now, std::uint32_t open) const {
    // Attempts that will be refused need nobody to come round for each of them: the next one that passes is soon
    // enough.
    const Instant due = closed_loop_ ? std::max(now, Instant{0}) : std::max(pacer_.next_due(), admission_.ready_at());
    if (!closed_loop_ && pacer_.next_due() < duration_ && due >= duration_) return duration_;
    const bool waits_for_slot = closed_loop_ && open >= slots_;
    return due < duration_ && !waits_for_slot ? std::optional(due) : std::nullopt;
}

}  // namespace portdrought::core
