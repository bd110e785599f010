#include "model/closing.hpp"

namespace portdrought::model {

using core::Instant, core::Outcome;
using End = Lifecycle::End;

void Closing::tell_nat(const Held& held, Nat::End end, Instant now) {
    if (held.mapping) nat_->close(*held.mapping, end, now);
}

void Closing::give_back(const Held& held, Nat::End end, Instant now) {
    hosts_.release(held.pair);
    tell_nat(held, end, now);
}

bool Closing::leaves_client_open() const {
    return lifecycle_.end == End::stays_open || (lifecycle_.end == End::unanswered && !lifecycle_.client_keeps_pair());
}

Outcome Closing::close(const Held& held, Instant now) {
    if (lifecycle_.end == End::stays_open) return Outcome::ok;
    hosts_.closed();
    if (lifecycle_.end == End::fin || lifecycle_.end == End::unanswered) {
        if (lifecycle_.end == End::fin) tell_nat(held, Nat::End::fin, now);
        keep_pair(held.pair, now);
        return Outcome::ok;
    }
    give_back(held, Nat::End::reset, now);
    return count_reset();
}

void Closing::keep_pair(Pair pair, Instant now) {
    if (lifecycle_.end == End::unanswered) {
        if (lifecycle_.client_keeps_pair()) return hosts_.client_enters_fin_wait_2(pair, now);
        return hosts_.server_enters_fin_wait_2(now);
    }
    if (lifecycle_.server_keeps_pair()) hosts_.server_enters_time_wait(pair, now);
    if (lifecycle_.client_keeps_pair()) return hosts_.client_enters_time_wait(pair, now);
    hosts_.release(pair);
}

Outcome Closing::count_reset() {
    const bool is_active = lifecycle_.end == End::reset;
    const bool read_by_client = is_active ? lifecycle_.closer == core::Closer::server
                                          : lifecycle_.end == End::passive_reset_read && lifecycle_.client_keeps_pair();
    ++tally_.resets_sent;
    ++(is_active && lifecycle_.by_unread_data ? tally_.aborts_on_close : tally_.aborts_on_data);
    if (lifecycle_.end != End::passive_reset) ++tally_.resets_seen_by_peer;
    if (!read_by_client) return Outcome::ok;
    ++tally_.reset_reads;
    return Outcome::reset;
}

void Closing::close_unread(const Held& held, Instant now) {
    ++tally_.aborts_on_close;
    ++tally_.resets_sent;
    ++tally_.resets_seen_by_peer;
    hosts_.closed();
    give_back(held, Nat::End::reset, now);
}

void Closing::leave(const Held& held, Instant now) {
    hosts_.closed();
    tell_nat(held, Nat::End::half_open, now);
    if (!resets()) return hosts_.client_enters_fin_wait_2(held.pair, now);
    ++tally_.aborts_on_data;
    ++tally_.resets_sent;
    hosts_.release(held.pair);
}

Outcome Closing::hang_up(const Held& held, std::uint64_t missing, Instant now) {
    ++tally_.transfers_cut;
    tally_.bytes_lost += missing;
    hosts_.closed();
    const bool by_reset = resets() || load_.passive_linger == std::chrono::seconds{0};
    tell_nat(held, by_reset ? Nat::End::reset : Nat::End::fin, now);
    if (by_reset) {
        ++tally_.resets_sent;
        ++tally_.aborts_on_data;
    } else {
        hosts_.server_enters_time_wait(held.pair, now);
    }
    hosts_.release(held.pair);
    if (!resets()) return Outcome::cut_short;
    ++tally_.resets_seen_by_peer;
    ++tally_.reset_reads;
    return Outcome::reset;
}

}  // namespace portdrought::model
