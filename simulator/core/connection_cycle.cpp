#include "core/connection_cycle.hpp"

namespace portdrought::core {

ConnectionCycle::ConnectionCycle(Side side, const Exchange& exchange)
    : exchange_(exchange), side_(side), step_(Step::read_delay), requests_left_(exchange.requests) {
    skip_empty_steps();
}

bool ConnectionCycle::is_active_closer() const {
    return exchange_.closer == Closer::both ||
           exchange_.closer == (side_ == Side::client ? Closer::client : Closer::server);
}

std::uint64_t ConnectionCycle::expected_bytes() const {
    const bool leaves_last = exchange_.close_unread && is_active_closer();
    return (exchange_.requests - (leaves_last ? 1U : 0U)) *
           (side_ == Side::client ? exchange_.response_bytes : exchange_.request_bytes);
}

Action ConnectionCycle::action() const {
    using Kind = Action::Kind;
    switch (step_) {
        case Step::read_delay: return {Kind::pause, 0, exchange_.read_delay};
        case Step::first_half: return transfer(Side::client, exchange_.request_bytes);
        case Step::fetch: return {Kind::fetch, 0, Duration{0}};
        case Step::second_half:
            if (side_ == Side::client && !exchange_.drained) return {Kind::await_data, 0, Duration{0}};
            return transfer(Side::server, exchange_.response_bytes);
        case Step::flush: return {Kind::flush, 0, Duration{0}};
        case Step::hold: return {Kind::pause, 0, exchange_.hold};
        case Step::shut_down: return {Kind::shut_down, 0, Duration{0}};
        case Step::drain: return {Kind::await_close, 0, Duration{0}};
        case Step::close:
            if (exchange_.pooled) return {Kind::request_over, 0, Duration{0}};
            if (exchange_.closer == Closer::never) return {Kind::park, 0, Duration{0}};
            return {is_active_closer() ? Kind::close : Kind::await_close, 0, Duration{0}};
        case Step::answer: return {exchange_.passive_closes ? Kind::answer_close : Kind::park, 0, Duration{0}};
        case Step::finished: break;
    }
    return {};
}

Action ConnectionCycle::transfer(Side sender, std::uint64_t bytes) const {
    if (side_ == sender) return {Action::Kind::send, bytes, Duration{0}};
    if (leaves_unread()) return {Action::Kind::await_data, 0, Duration{0}};
    return {Action::Kind::receive, bytes, Duration{0}};
}

/// The last message to an active closer that closes without reading it.
bool ConnectionCycle::leaves_unread() const {
    return exchange_.close_unread && is_active_closer() && requests_left_ == 1;
}

void ConnectionCycle::done() {
    switch (step_) {
        case Step::read_delay: step_ = Step::first_half; break;
        case Step::first_half: step_ = Step::fetch; break;
        case Step::fetch: step_ = Step::second_half; break;
        case Step::second_half: end_request(); break;
        case Step::flush: step_ = Step::hold; break;
        case Step::hold: step_ = Step::shut_down; break;
        case Step::shut_down: step_ = Step::drain; break;
        case Step::drain: step_ = Step::close; break;
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
            step_ = Step::flush;
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
        // Where both close at the same time, a FIN can be held back only behind data that is gone.
        case Step::flush: return exchange_.closer != Closer::both;
        case Step::hold: return !is_active_closer() || exchange_.hold == Duration{0};
        case Step::shut_down:
        case Step::drain: return !is_active_closer() || !exchange_.half_close;
        default: return false;
    }
}

}  // namespace portdrought::core
