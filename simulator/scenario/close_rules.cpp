#include "scenario/close_rules.hpp"

#include "scenario/rule_list.hpp"

namespace portdrought::scenario {
namespace {

using core::Closer;
bool resets_on_close(const Load& load) { return load.linger == std::chrono::seconds{0}; }

Found only_a_close_can_be_a_half_one(const Scenario& s) {
    if (!s.load.half_close || s.load.closer != Closer::never) return {};
    return Finding{{"load.half_close", "load.closer"},
                   "is a way to close, which load.closer = \"never\" rules out; write false, or another closer"};
}

Found only_a_close_leaves_data_unread(const Scenario& s) {
    if (!s.load.close_unread || s.load.closer != Closer::never) return {};
    return Finding{{"load.close_unread", "load.closer"},
                   "is a way to close, which load.closer = \"never\" rules out; write false, or another closer"};
}

Found only_a_passive_side_has_a_passive_linger(const Scenario& s) {
    if (!s.load.passive_linger || s.load.closer == Closer::client || s.load.closer == Closer::server) return {};
    return Finding{{"load.passive_linger", "load.closer"},
                   "is of the side that closes second, and with load.closer = \"" +
                       std::string{s.load.closer == Closer::both ? "both" : "never"} +
                       "\" there is none; write \"off\", or another closer"};
}

Found two_closers_leave_no_fin_unanswered(const Scenario& s) {
    if (s.load.passive_closes || s.load.closer != Closer::both) return {};
    return Finding{{"load.passive_closes", "load.closer"},
                   "no side is passive with load.closer = \"both\"; write true, or another closer"};
}

// The first reset or the first close that waits would leave the other side nothing to close at the same time.
Found two_closers_do_not_linger(const Scenario& s) {
    if (!s.load.linger || s.load.closer != Closer::both) return {};
    return Finding{
        {"load.linger", "load.closer"},
        "makes the first close a reset or a wait, so that both cannot close at the same time; write \"off\", "
        "or another closer"};
}

Found two_closers_read_everything(const Scenario& s) {
    if (!s.load.close_unread || s.load.closer != Closer::both) return {};
    return Finding{{"load.close_unread", "load.closer"},
                   "makes the first close a reset, so that both cannot close at the same time; write false, or another "
                   "closer"};
}

Found a_half_close_has_no_linger(const Scenario& s) {
    if (!s.load.linger || !s.load.half_close) return {};
    return Finding{{"load.linger", "load.half_close"},
                   "acts in close(), and after a half-close nothing is left to send or reset there; write \"off\", or "
                   "load.half_close = false"};
}

Found a_half_close_is_answered(const Scenario& s) {
    if (!s.load.half_close || s.load.passive_closes) return {};
    return Finding{{"load.half_close", "load.passive_closes"},
                   "reads until the other side closes, which load.passive_closes = false rules out; write false, or "
                   "load.passive_closes = true"};
}

Found a_half_close_reads_everything(const Scenario& s) {
    if (!s.load.close_unread || !s.load.half_close) return {};
    return Finding{{"load.close_unread", "load.half_close"},
                   "leaves data that load.half_close reads to the end; write false, or load.half_close = false"};
}

Found there_is_something_to_leave_unread(const Scenario& s) {
    const bool client = s.load.closer == Closer::client;
    if (!s.load.close_unread || (!client && s.load.closer != Closer::server)) return {};
    if ((client ? s.load.response_bytes : s.load.request_bytes) > 0) return {};
    const std::string message = client ? "load.response" : "load.request";
    return Finding{
        {"load.close_unread", message, "load.closer"},
        "leaves the last message unread, and " + message + " = \"0B\" sends none; write false, or a larger " + message};
}

// Linux tcp_close() looks for unread data before it looks at SO_LINGER.
Found an_unread_close_has_no_linger(const Scenario& s) {
    if (!s.load.linger || !s.load.close_unread) return {};
    return Finding{
        {"load.linger", "load.close_unread"},
        "does nothing where unread data make the close a reset; write \"off\", or load.close_unread = false"};
}

Found a_reset_leaves_no_passive_close(const Scenario& s) {
    if (!s.load.passive_linger || !(resets_on_close(s.load) || s.load.close_unread)) return {};
    const std::string key = s.load.close_unread ? "load.close_unread" : "load.linger";
    return Finding{{"load.passive_linger", key},
                   "is of a close that answers a FIN, and " + key +
                       " sends a reset; write \"off\", or let the active closer send a FIN"};
}

Found an_unanswered_close_has_no_passive_linger(const Scenario& s) {
    if (!s.load.passive_linger || s.load.passive_closes) return {};
    return Finding{{"load.passive_linger", "load.passive_closes"},
                   "is of the close that load.passive_closes = false leaves out; write \"off\", or "
                   "load.passive_closes = true"};
}

Found an_unread_close_has_nobody_to_wait_for(const Scenario& s) {
    if (s.load.passive_closes || !s.load.close_unread) return {};
    return Finding{{"load.passive_closes", "load.close_unread"},
                   "leaves a FIN unanswered, and load.close_unread sends a reset; write true, or "
                   "load.close_unread = false"};
}

Found a_relay_reads_its_requests(const Scenario& s) {
    if (!s.load.close_unread || s.server.kind != ServerKind::relay) return {};
    return Finding{
        {"load.close_unread", "server.kind"},
        "is not for a relay, which has to read what it passes on; write false, or server.kind = \"builtin\""};
}

constexpr Rule rules[] = {
    only_a_close_can_be_a_half_one,
    only_a_close_leaves_data_unread,
    only_a_passive_side_has_a_passive_linger,
    two_closers_leave_no_fin_unanswered,
    two_closers_do_not_linger,
    two_closers_read_everything,
    a_half_close_has_no_linger,
    a_half_close_is_answered,
    a_half_close_reads_everything,
    there_is_something_to_leave_unread,
    an_unread_close_has_no_linger,
    a_reset_leaves_no_passive_close,
    an_unanswered_close_has_no_passive_linger,
    an_unread_close_has_nobody_to_wait_for,
    a_relay_reads_its_requests,
};

}  // namespace

std::vector<Finding> close_findings(const Scenario& scenario) { return broken(rules, scenario); }

}  // namespace portdrought::scenario
