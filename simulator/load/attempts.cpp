#include "load/attempts.hpp"

namespace portdrought::load {

Attempts::Attempts(const core::OfferPlan& plan, unsigned share, unsigned shares, LiveCounters& live, Tally& tally)
    : offer_(plan, share, shares), live_(live), tally_(tally) {}

std::optional<core::Instant> Attempts::start_next(core::Instant now) {
    using Decision = core::Offer::Decision;
    for (;;) {
        const core::Offer::Next next = offer_.take(now, open_);
        if (next.decision == Decision::nothing) return std::nullopt;
        live_.attempts.add_one();
        if (next.decision == Decision::start) {
            if (!offer_.is_closed_loop()) tally_.start_lag.add(now - next.intended);
            ++open_;
            return next.intended;
        }
        count(next.decision == Decision::refuse ? core::Outcome::refused_locally : core::Outcome::late);
    }
}

void Attempts::connected(core::Instant intended, core::Instant started, core::Instant now) {
    live_.connected.add_one();
    tally_.connect.add(now - started);
    if (!offer_.is_closed_loop()) tally_.connect_intended.add(now - intended);
}

void Attempts::ended(core::Instant intended, core::Outcome outcome) {
    --open_;
    const bool no_port = outcome == core::Outcome::no_port_connect || outcome == core::Outcome::no_port_bind;
    if (no_port && !tally_.first_without_port) tally_.first_without_port = intended;
    count(outcome);
}

void Attempts::parked() {
    ++parked_;
    count(core::Outcome::ok);
}

void Attempts::abandon() {
    for (; open_ > parked_; --open_) count(core::Outcome::unfinished);
}

}  // namespace portdrought::load
