#include "core/connection_cycle.hpp"

namespace portdrought::core {

ConnectionCycle::ConnectionCycle(Side side, const Exchange& exchange)
    : exchange_(exchange), side_(side), step_(Step::read_delay), requests_left_(exchange.requests) {
    skip_empty_steps();
}

bool ConnectionCycle::is_active_closer() const {
    return exchange_.closer == (side_ == Side::client ? Closer::client : Closer::server);
}

std::uint64_t ConnectionCycle::expected_bytes() const {
    return exchange_.requests * (side_ == Side::client ? exchange_.response_bytes : exchange_.request_bytes);
}

Action ConnectionCycle::action() const {
    using Kind = Action::Kind;
    const bool client = side_ == Side::client;
    switch (step_) {
        case Step::read_delay: return {Kind::pause, 0, exchange_.read_delay};
        case Step::first_half: return {client ? Kind::send : Kind::receive, exchange_.request_bytes, Duration{0}};
        case Step::fetch: return {Kind::fetch, 0, Duration{0}};
        case Step::second_half:
            if (client && !exchange_.drained) return {Kind::await_data, 0, Duration{0}};
            return {client ? Kind::receive : Kind::send, exchange_.response_bytes, Duration{0}};
        case Step::hold: return {Kind::pause, 0, exchange_.hold};
        case Step::close:
            if (exchange_.pooled) return {Kind::request_over, 0, Duration{0}};
            if (exchange_.closer == Closer::never) return {Kind::park, 0, Duration{0}};
            return {is_active_closer() ? Kind::close : Kind::await_close, 0, Duration{0}};
        case Step::answer: return {exchange_.passive_closes ? Kind::answer_close : Kind::park, 0, Duration{0}};
        case Step::finished: break;
    }
    return {};
}

void ConnectionCycle::done() {
    switch (step_) {
        case Step::read_delay: step_ = Step::first_half; break;
        case Step::first_half: step_ = Step::fetch; break;
        case Step::fetch: step_ = Step::second_half; break;
        case Step::second_half: end_request(); break;
        case Step::hold: step_ = Step::close; break;
        case Step::close: step_ = exchange_.pooled || is_active_closer() ? Step::finished : Step::answer; break;
        case Step::answer:
        case Step::finished: step_ = Step::finished; break;
    }
    skip_empty_steps();
}

void ConnectionCycle::end_request() {
    --requests_left_;
    step_ = Step::first_half;
}

void ConnectionCycle::skip_empty_steps() {
    while (step_ != Step::finished && is_empty(step_)) {
        if (step_ == Step::first_half && no_request_is_left()) {
            step_ = Step::hold;
        } else if (step_ == Step::second_half) {
            end_request();
        } else {
            step_ = static_cast<Step>(static_cast<int>(step_) + 1);
        }
    }
}

// Requests in which this side has nothing to do count as none: no loop over four thousand million of them.
bool ConnectionCycle::no_request_is_left() const {
    return requests_left_ == 0 ||
           (is_empty(Step::fetch) && exchange_.request_bytes == 0 && exchange_.response_bytes == 0);
}

bool ConnectionCycle::is_empty(Step step) const {
    switch (step) {
        case Step::read_delay: return side_ == Side::client || exchange_.read_delay == Duration{0};
        case Step::first_half: return exchange_.request_bytes == 0 || no_request_is_left();
        case Step::fetch: return side_ == Side::client || !exchange_.relays;
        case Step::second_half: return exchange_.response_bytes == 0;
        case Step::hold: return !is_active_closer() || exchange_.hold == Duration{0};
        default: return false;
    }
}

}  // namespace portdrought::core
