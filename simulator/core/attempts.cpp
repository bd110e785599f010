#include "core/attempts.hpp"

namespace portdrought::core {

Attempts::Attempts(const OfferPlan& plan, unsigned share, unsigned shares, LiveCounters& live, AttemptTally& tally)
    : offer_(plan, share, shares), live_(live), tally_(tally) {}

std::optional<Instant> Attempts::start_next(Instant now) {
    using Decision = Offer::Decision;
    for (;;) {
        const Offer::Next next = offer_.take(now, open_);
        if (next.decision == Decision::nothing) return std::nullopt;
        live_.attempts.add_one();
        if (next.decision == Decision::start) {
            if (!offer_.is_closed_loop()) tally_.start_lag.add(now - next.intended);
            ++open_;
            return next.intended;
        }
        count(next.decision == Decision::refuse ? Outcome::refused_locally : Outcome::late);
    }
}

void Attempts::connected(Instant intended, Instant started, Instant now) {
    live_.connected.add_one();
    tally_.connect.add(now - started);
    if (!offer_.is_closed_loop()) tally_.connect_intended.add(now - intended);
}

void Attempts::ended(Instant intended, Outcome outcome) {
    --open_;
    const bool no_port = outcome == Outcome::no_port_connect || outcome == Outcome::no_port_bind;
    if (no_port && !tally_.first_without_port) tally_.first_without_port = intended;
    count(outcome);
}

void Attempts::parked() {
    ++parked_;
    count(Outcome::ok);
}

void Attempts::abandon() {
    for (; open_ > parked_; --open_) count(Outcome::unfinished);
}

}  // namespace portdrought::core
