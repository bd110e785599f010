#include "core/connection_cycle.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portdrought::core {
namespace {

using std::chrono::milliseconds;
using Steps = std::vector<std::string>;

std::string in_words(const Action& action) {
    using Kind = Action::Kind;
    switch (action.kind) {
        case Kind::send: return "send " + std::to_string(action.bytes);
        case Kind::receive: return "receive " + std::to_string(action.bytes);
        case Kind::await_data: return "await data";
        case Kind::fetch: return "fetch";
        case Kind::flush: return "flush";
        case Kind::pause: return "pause " + std::to_string(action.time / milliseconds{1}) + " ms";
        case Kind::shut_down: return "shut down";
        case Kind::close: return "close";
        case Kind::await_close: return "await close";
        case Kind::answer_close: return "answer close";
        case Kind::request_over: return "request over";
        case Kind::park: return "park";
        case Kind::finished: return "finished";
    }
    return "?";
}

// Every action up to the last; a park ends the list because nothing follows until the run ends.
Steps script(Side side, const Exchange& exchange) {
    Steps steps;
    for (ConnectionCycle cycle(side, exchange); steps.size() < 100; cycle.done()) {
        const Action action = cycle.action();
        if (action.kind == Action::Kind::finished) break;
        steps.push_back(in_words(action));
        if (action.kind == Action::Kind::park) break;
    }
    return steps;
}

Exchange small() {
    Exchange exchange;
    exchange.request_bytes = 1;
    exchange.response_bytes = 2;
    return exchange;
}

TEST(ConnectionCycle, ClientClosesFirstAndServerAnswers) {
    EXPECT_EQ(script(Side::client, small()), (Steps{"send 1", "receive 2", "close"}));
    EXPECT_EQ(script(Side::server, small()), (Steps{"receive 1", "send 2", "await close", "answer close"}));
}

TEST(ConnectionCycle, ServerClosesFirstAndClientAnswers) {
    Exchange exchange = small();
    exchange.closer = Closer::server;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "await close", "answer close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "close"}));
}

TEST(ConnectionCycle, BothSidesCloseOnceTheirDataHasLeft) {
    Exchange exchange = small();
    exchange.closer = Closer::both;
    exchange.hold = milliseconds{5};
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "flush", "pause 5 ms", "close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "flush", "pause 5 ms", "close"}));
}

TEST(ConnectionCycle, AHalfCloseReadsToTheEndBeforeItCloses) {
    Exchange exchange = small();
    exchange.half_close = true;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "shut down", "await close", "close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "await close", "answer close"}));
    exchange.closer = Closer::server;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "await close", "answer close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "shut down", "await close", "close"}));
}

TEST(ConnectionCycle, AnUnreadCloseLeavesTheLastMessageOnly) {
    Exchange exchange = small();
    exchange.close_unread = true;
    exchange.requests = 2;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "send 1", "await data", "close"}));
    EXPECT_EQ(ConnectionCycle(Side::client, exchange).expected_bytes(), 2U);
    EXPECT_EQ(ConnectionCycle(Side::server, exchange).expected_bytes(), 2U);
    exchange.closer = Closer::server;
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "await data", "send 2", "close"}))
        << "it answers a request it has not read";
    EXPECT_EQ(script(Side::client, exchange),
              (Steps{"send 1", "receive 2", "send 1", "receive 2", "await close", "answer close"}));
}

TEST(ConnectionCycle, BothParkWhenNobodyCloses) {
    Exchange exchange = small();
    exchange.closer = Closer::never;
    exchange.hold = milliseconds{5};
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "park"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "park"}));
}

TEST(ConnectionCycle, APooledOneEndsWithItsRequest) {
    Exchange exchange = small();
    exchange.pooled = true;
    exchange.hold = milliseconds{5};
    exchange.read_delay = milliseconds{7};
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "pause 5 ms", "request over"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"pause 7 ms", "receive 1", "send 2", "request over"}));
}

TEST(ConnectionCycle, AClientThatDoesNotDrainOnlyWaitsForTheResponse) {
    Exchange exchange = small();
    exchange.pooled = true;
    exchange.drained = false;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "await data", "request over"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "request over"}));
}

TEST(ConnectionCycle, APassiveSideThatNeverClosesParksAfterTheFin) {
    Exchange exchange = small();
    exchange.passive_closes = false;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "await close", "park"}));
    exchange.closer = Closer::server;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "await close", "park"}));
}

TEST(ConnectionCycle, RepeatsRequestAndResponseForKeepAlive) {
    Exchange exchange = small();
    exchange.requests = 3;
    EXPECT_EQ(script(Side::client, exchange),
              (Steps{"send 1", "receive 2", "send 1", "receive 2", "send 1", "receive 2", "close"}));
}

TEST(ConnectionCycle, OnlyTheActiveCloserHolds) {
    Exchange exchange = small();
    exchange.hold = milliseconds{5};
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "pause 5 ms", "close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "await close", "answer close"}));
    exchange.closer = Closer::server;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "await close", "answer close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"receive 1", "send 2", "pause 5 ms", "close"}));
}

TEST(ConnectionCycle, OnlyTheServerDelaysItsFirstRead) {
    Exchange exchange = small();
    exchange.requests = 2;
    exchange.read_delay = milliseconds{7};
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "send 1", "receive 2", "close"}));
    EXPECT_EQ(script(Side::server, exchange),
              (Steps{"pause 7 ms", "receive 1", "send 2", "receive 1", "send 2", "await close", "answer close"}));
}

TEST(ConnectionCycle, SkipsAnEmptyRequest) {
    Exchange exchange = small();
    exchange.request_bytes = 0;
    exchange.requests = 2;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"receive 2", "receive 2", "close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"send 2", "send 2", "await close", "answer close"}));
}

TEST(ConnectionCycle, SkipsAnEmptyResponse) {
    Exchange exchange = small();
    exchange.response_bytes = 0;
    exchange.requests = 3;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "send 1", "send 1", "close"}));
    EXPECT_EQ(script(Side::server, exchange),
              (Steps{"receive 1", "receive 1", "receive 1", "await close", "answer close"}));
}

TEST(ConnectionCycle, ClosesAtOnceWhenThereIsNothingToExchange) {
    Exchange exchange;
    exchange.request_bytes = exchange.response_bytes = 0;
    exchange.requests = 4'000'000'000;  // must not be walked through one by one
    EXPECT_EQ(script(Side::client, exchange), (Steps{"close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"await close", "answer close"}));
}

TEST(ConnectionCycle, ClosesAtOnceWhenNoRequestIsAskedFor) {
    Exchange exchange = small();
    exchange.requests = 0;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"close"}));
    EXPECT_EQ(script(Side::server, exchange), (Steps{"await close", "answer close"}));
}

TEST(ConnectionCycle, ARelayFetchesEachResponseBeforeItSendsIt) {
    Exchange exchange = small();
    exchange.requests = 2;
    exchange.relays = true;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"send 1", "receive 2", "send 1", "receive 2", "close"}));
    EXPECT_EQ(script(Side::server, exchange),
              (Steps{"receive 1", "fetch", "send 2", "receive 1", "fetch", "send 2", "await close", "answer close"}));
}

TEST(ConnectionCycle, ARelayFetchesEvenWhenRequestAndResponseAreEmpty) {
    Exchange exchange;
    exchange.request_bytes = exchange.response_bytes = 0;
    exchange.relays = true;
    exchange.requests = 2;
    EXPECT_EQ(script(Side::server, exchange), (Steps{"fetch", "fetch", "await close", "answer close"}));
    exchange.requests = 4'000'000'000;
    EXPECT_EQ(script(Side::client, exchange), (Steps{"close"}));
}

TEST(ConnectionCycle, StaysAtAnActionUntilItIsDone) {
    ConnectionCycle cycle(Side::client, small());
    EXPECT_EQ(cycle.action(), cycle.action());
    cycle.done();
    EXPECT_EQ(in_words(cycle.action()), "receive 2");
}

TEST(ConnectionCycle, StaysFinished) {
    ConnectionCycle cycle(Side::client, small());
    for (int i = 0; i < 10; ++i) cycle.done();
    EXPECT_EQ(cycle.action().kind, Action::Kind::finished);
    EXPECT_EQ(ConnectionCycle{}.action().kind, Action::Kind::finished);
}

TEST(ConnectionCycle, KnowsWhenTheExchangeIsComplete) {
    Exchange exchange = small();
    exchange.requests = 2;
    exchange.hold = milliseconds{5};
    ConnectionCycle cycle(Side::client, exchange);
    for (int half = 0; half < 4; ++half) {
        EXPECT_FALSE(cycle.exchange_is_complete()) << half;
        cycle.done();
    }
    EXPECT_TRUE(cycle.exchange_is_complete());
    cycle.done();
    EXPECT_TRUE(cycle.exchange_is_complete());
}

TEST(ConnectionCycle, ExpectsTheBytesOfAllRequestsFromThePeer) {
    Exchange exchange;
    exchange.request_bytes = 3'000'000'000;
    exchange.response_bytes = 5'000'000'000;
    exchange.requests = 4;
    EXPECT_EQ(ConnectionCycle(Side::client, exchange).expected_bytes(), 20'000'000'000U);
    EXPECT_EQ(ConnectionCycle(Side::server, exchange).expected_bytes(), 12'000'000'000U);
}

TEST(ConnectionCycle, ExactlyOneSideIsTheActiveCloserUnlessNobodyCloses) {
    for (const Closer closer : {Closer::client, Closer::server, Closer::never}) {
        Exchange exchange;
        exchange.closer = closer;
        EXPECT_EQ(ConnectionCycle(Side::client, exchange).is_active_closer(), closer == Closer::client);
        EXPECT_EQ(ConnectionCycle(Side::server, exchange).is_active_closer(), closer == Closer::server);
    }
}

}  // namespace
}  // namespace portdrought::core
