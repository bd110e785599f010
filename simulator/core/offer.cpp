#include "core/offer.hpp"

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

}  // namespace portdrought::core
