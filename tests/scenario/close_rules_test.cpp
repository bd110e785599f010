// How connections close.
#include "scenario/broken.hpp"

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using core::Closer;

const Broken broken[] = {
    Broken{"half-close without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.half_close = true; },
           "load.half_close",
           "is a way to close, which load.closer = \"never\" rules out; write false, or another closer"},
    Broken{"unread close without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.close_unread = true; },
           "load.close_unread",
           "is a way to close, which load.closer = \"never\" rules out; write false, or another closer"},
    Broken{"passive linger without close",
           [](Scenario& s) { s.load.closer = Closer::never, s.load.passive_linger = 0s; }, "load.passive_linger",
           "is of the side that closes second, and with load.closer = \"never\" there is none; write \"off\", or "
           "another closer"},
    Broken{"passive linger of two closers",
           [](Scenario& s) { s.load.closer = Closer::both, s.load.passive_linger = 0s; }, "load.passive_linger",
           "is of the side that closes second, and with load.closer = \"both\" there is none; write \"off\", or "
           "another closer"},
    Broken{"two closers and an unanswered FIN",
           [](Scenario& s) { s.load.closer = Closer::both, s.load.passive_closes = false; }, "load.passive_closes",
           "no side is passive with load.closer = \"both\"; write true, or another closer"},
    Broken{"two closers that linger", [](Scenario& s) { s.load.closer = Closer::both, s.load.linger = 0s; },
           "load.linger",
           "makes the first close a reset or a wait, so that both cannot close at the same time; write \"off\", or "
           "another closer"},
    Broken{"two closers that leave data", [](Scenario& s) { s.load.closer = Closer::both, s.load.close_unread = true; },
           "load.close_unread",
           "makes the first close a reset, so that both cannot close at the same time; write false, or another "
           "closer"},
    Broken{"half-close with linger", [](Scenario& s) { s.load.half_close = true, s.load.linger = 0s; }, "load.linger",
           "acts in close(), and after a half-close nothing is left to send or reset there; write \"off\", or "
           "load.half_close = false"},
    Broken{"half-close that nobody answers",
           [](Scenario& s) { s.load.half_close = true, s.load.passive_closes = false; }, "load.half_close",
           "reads until the other side closes, which load.passive_closes = false rules out; write false, or "
           "load.passive_closes = true"},
    Broken{"half-close that does not read", [](Scenario& s) { s.load.half_close = s.load.close_unread = true; },
           "load.close_unread",
           "leaves data that load.half_close reads to the end; write false, or load.half_close = false"},
    Broken{"no response to leave unread", [](Scenario& s) { s.load.close_unread = true, s.load.response_bytes = 0; },
           "load.close_unread",
           "leaves the last message unread, and load.response = \"0B\" sends none; write false, or a larger "
           "load.response"},
    Broken{"no request to leave unread",
           [](Scenario& s) { s.load.close_unread = true, s.load.closer = Closer::server, s.load.request_bytes = 0; },
           "load.close_unread",
           "leaves the last message unread, and load.request = \"0B\" sends none; write false, or a larger "
           "load.request"},
    Broken{"unread close with linger", [](Scenario& s) { s.load.close_unread = true, s.load.linger = 1s; },
           "load.linger",
           "does nothing where unread data make the close a reset; write \"off\", or load.close_unread = false"},
    Broken{"two resets", [](Scenario& s) { s.load.linger = 0s, s.load.passive_linger = 0s; }, "load.passive_linger",
           "is of a close that answers a FIN, and load.linger sends a reset; write \"off\", or let the active closer "
           "send a FIN"},
    Broken{"an unread close and a passive linger",
           [](Scenario& s) { s.load.close_unread = true, s.load.passive_linger = 1s; }, "load.passive_linger",
           "is of a close that answers a FIN, and load.close_unread sends a reset; write \"off\", or let the active "
           "closer send a FIN"},
    Broken{"a passive linger without passive close",
           [](Scenario& s) { s.load.passive_closes = false, s.load.passive_linger = 0s, s.load.duration = 1s; },
           "load.passive_linger",
           "is of the close that load.passive_closes = false leaves out; write \"off\", or load.passive_closes = "
           "true"},
    Broken{"an unread close without passive close",
           [](Scenario& s) { s.load.passive_closes = false, s.load.close_unread = true, s.load.duration = 1s; },
           "load.passive_closes",
           "leaves a FIN unanswered, and load.close_unread sends a reset; write true, or load.close_unread = false"},
    Broken{"a relay that does not read",
           [](Scenario& s) {
               s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.load.close_unread = true;
           },
           "load.close_unread",
           "is not for a relay, which has to read what it passes on; write false, or server.kind = \"builtin\""},
};

INSTANTIATE_TEST_SUITE_P(Close, Rule, testing::ValuesIn(broken));

}  // namespace
}  // namespace portdrought::scenario
