// What a pool of connections rules out.
#include "scenario/broken.hpp"

namespace portdrought::scenario {
namespace {

using core::Closer;

const Broken broken[] = {
    Broken{"pool before a relay",
           [](Scenario& s) { s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.load.pool_size = 2; },
           "load.pool_size",
           "the relay closes each connection after its response, so there is nothing to keep; write 0, or "
           "server.kind = \"builtin\""},
    Broken{"pool of a closing server", [](Scenario& s) { s.load.closer = Closer::server, s.load.pool_size = 2; },
           "load.pool_size", "the pool decides when its connections are closed; write load.closer = \"client\", or 0"},
    Broken{"pool and keep-alive", [](Scenario& s) { s.load.pool_size = 2, s.load.requests_per_connection = 2; },
           "load.requests_per_connection",
           "with a pool each attempt is one request; write 1, and load.pool_max_requests for the limit of a "
           "connection"},
    Broken{"pool of empty requests", [](Scenario& s) { s.load.pool_size = 2, s.load.request_bytes = 0; },
           "load.request", "on a pooled connection the server knows a request by its bytes; write \"1B\" or more"},
    Broken{"nothing to leave unread",
           [](Scenario& s) { s.load.pool_size = 2, s.load.pool_drain = false, s.load.response_bytes = 0; },
           "load.pool_drain", "there is no response to leave unread; write load.response = \"1B\" or more, or true"},
    Broken{"pool and close_unread", [](Scenario& s) { s.load.pool_size = 2, s.load.close_unread = true; },
           "load.close_unread",
           "a pool reads responses or leaves them by load.pool_drain; write load.pool_drain = false instead"},
    Broken{"pool and half_close", [](Scenario& s) { s.load.pool_size = 2, s.load.half_close = true; },
           "load.half_close",
           "a pool closes connections on which nothing is under way; write false, or load.pool_size = 0"},
    Broken{"pool and unanswered closes",
           [](Scenario& s) { s.load.pool_size = 2, s.load.passive_closes = false, s.load.rate = core::Rate{1}; },
           "load.passive_closes",
           "a server of pooled connections answers their close; write true, or load.pool_size = 0"},
};

INSTANTIATE_TEST_SUITE_P(Pool, Rule, testing::ValuesIn(broken));

}  // namespace
}  // namespace portdrought::scenario
