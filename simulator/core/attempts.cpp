#include "core/attempts.hpp"

namespace portdrought::core {

Attempts::Attempts(const OfferPlan& plan, unsigned share, unsigned shares, LiveCounters& live, AttemptTally& tally)
    : offer_(plan, share, shares), live_(live), tally_(tally) {}

void Attempts::parked() {
    ++parked_;
    count(Outcome::ok);
}

void Attempts::abandon() {
    for (; open_ > parked_; --open_) count(Outcome::unfinished);
}

}  // namespace portdrought::core
