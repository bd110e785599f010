#include "scenario/pool_rules.hpp"

#include "scenario/rule_list.hpp"

namespace portdrought::scenario {
namespace {

bool has_pool(const Scenario& s) { return s.load.pool_size > 0; }

Found a_relay_has_no_pool_in_front(const Scenario& s) {
    if (!has_pool(s) || s.server.kind != ServerKind::relay) return {};
    return Finding{{"load.pool_size", "server.kind"},
                   "the relay closes each connection after its response, so there is nothing to keep; write 0, or "
                   "server.kind = \"builtin\""};
}

Found the_client_closes_what_is_pooled(const Scenario& s) {
    if (!has_pool(s) || s.load.closer == core::Closer::client || s.server.kind == ServerKind::relay) return {};
    return Finding{{"load.pool_size", "load.closer"},
                   "the pool decides when its connections are closed; write load.closer = \"client\", or 0"};
}

Found a_pooled_attempt_is_one_request(const Scenario& s) {
    if (!has_pool(s) || s.load.requests_per_connection == 1) return {};
    return Finding{{"load.requests_per_connection", "load.pool_size"},
                   "with a pool each attempt is one request; write 1, and load.pool_max_requests for the limit of a "
                   "connection"};
}

Found a_pooled_request_can_be_seen(const Scenario& s) {
    if (!has_pool(s) || s.load.request_bytes > 0) return {};
    return Finding{{"load.request", "load.pool_size"},
                   "on a pooled connection the server knows a request by its bytes; write \"1B\" or more"};
}

Found what_is_left_unread_was_sent(const Scenario& s) {
    if (!has_pool(s) || s.load.pool_drain || s.load.response_bytes > 0) return {};
    return Finding{{"load.pool_drain", "load.response"},
                   "there is no response to leave unread; write load.response = \"1B\" or more, or true"};
}

Found a_pool_says_itself_what_is_left_unread(const Scenario& s) {
    if (!has_pool(s) || !s.load.close_unread) return {};
    return Finding{{"load.close_unread", "load.pool_size"},
                   "a pool reads responses or leaves them by load.pool_drain; write load.pool_drain = false instead"};
}

Found a_pool_closes_at_once(const Scenario& s) {
    if (!has_pool(s) || !s.load.half_close) return {};
    return Finding{{"load.half_close", "load.pool_size"},
                   "a pool closes connections on which nothing is under way; write false, or load.pool_size = 0"};
}

Found closes_of_a_pool_are_answered(const Scenario& s) {
    if (!has_pool(s) || s.load.passive_closes) return {};
    return Finding{{"load.passive_closes", "load.pool_size"},
                   "a server of pooled connections answers their close; write true, or load.pool_size = 0"};
}

constexpr Rule rules[] = {
    a_relay_has_no_pool_in_front, the_client_closes_what_is_pooled, a_pooled_attempt_is_one_request,
    a_pooled_request_can_be_seen, what_is_left_unread_was_sent,     a_pool_says_itself_what_is_left_unread,
    a_pool_closes_at_once,        closes_of_a_pool_are_answered,
};

}  // namespace

std::vector<Finding> pool_findings(const Scenario& scenario) { return broken(rules, scenario); }

}  // namespace portdrought::scenario
