#include "model/lifecycle.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "scenario/close_rules.hpp"

namespace portdrought::model {

using End = Lifecycle::End;

static std::ostream& operator<<(std::ostream& out, End end) { return out << "End " << static_cast<int>(end); }

namespace {

using namespace std::chrono_literals;
using core::Closer;
using scenario::Scenario;

/// By who sends what last, told in the words of the protocol rather than by the order of the code.
End expected_end(const scenario::Load& load) {
    if (load.closer == Closer::never) return End::stays_open;
    const bool active_sends_fin = !load.close_unread && load.linger != 0s;
    if (!active_sends_fin) return End::reset;
    const bool passive_sends_fin = load.passive_closes && load.passive_linger != 0s;
    if (passive_sends_fin) return End::fin;
    if (!load.passive_closes) return End::unanswered;
    return load.half_close ? End::passive_reset_read : End::passive_reset;
}

TEST(Lifecycle, EveryCombinationThatTheRulesAllowEndsAsTheProtocolSays) {
    int allowed = 0;
    const std::optional<std::chrono::seconds> lingers[] = {std::nullopt, 0s, 1s};
    for (const Closer closer : {Closer::client, Closer::server, Closer::both, Closer::never})
        for (const auto& linger : lingers)
            for (const auto& passive_linger : lingers)
                for (int bits = 0; bits < 8; ++bits) {
                    Scenario scenario;
                    scenario.load.closer = closer;
                    scenario.load.linger = linger;
                    scenario.load.passive_linger = passive_linger;
                    scenario.load.passive_closes = (bits & 1) == 0;
                    scenario.load.half_close = (bits & 2) != 0;
                    scenario.load.close_unread = (bits & 4) != 0;
                    if (!scenario::close_findings(scenario).empty()) continue;
                    ++allowed;
                    const Lifecycle life = lifecycle_of(scenario);
                    EXPECT_EQ(life.end, expected_end(scenario.load)) << static_cast<int>(closer) << ' ' << bits;
                    EXPECT_EQ(life.closer, closer);
                    EXPECT_EQ(life.by_unread_data, scenario.load.close_unread);
                    EXPECT_EQ(life.until_close, 0s);
                    EXPECT_EQ(life.requests, 1U);
                    EXPECT_FALSE(life.fetches);
                }
    EXPECT_EQ(allowed, 36);
}

TEST(Lifecycle, TheCloserKeepsThePair) {
    const auto keeps = [](Closer closer) {
        Scenario scenario;
        scenario.load.closer = closer;
        const Lifecycle life = lifecycle_of(scenario);
        return std::pair(life.client_keeps_pair(), life.server_keeps_pair());
    };
    EXPECT_EQ(keeps(Closer::client), std::pair(true, false));
    EXPECT_EQ(keeps(Closer::server), std::pair(false, true));
    EXPECT_EQ(keeps(Closer::both), std::pair(true, true));
}

TEST(Lifecycle, TheServersDelayIsWaitedForWhereItsAnswerIs) {
    Scenario scenario;
    scenario.server.read_delay = 30ms;
    scenario.load.hold = 1h;  // each connection's own, not the lifecycle's
    for (const Closer closer : {Closer::client, Closer::server, Closer::both}) {
        scenario.load.closer = closer;
        EXPECT_EQ(lifecycle_of(scenario).until_close, 30ms);
    }
    scenario.load.closer = Closer::client;
    scenario.load.requests_per_connection = 100;
    EXPECT_EQ(lifecycle_of(scenario).until_close, 30ms) << "only before its first read";
    EXPECT_EQ(lifecycle_of(scenario).requests, 100U);
    scenario.load.requests_per_connection = 1;
    scenario.load.response_bytes = 0;
    EXPECT_EQ(lifecycle_of(scenario).until_close, 0s) << "the client has nothing to wait for";
}

TEST(Lifecycle, ARelayFetches) {
    Scenario scenario;
    scenario.load.closer = Closer::server;
    scenario.server.kind = scenario::ServerKind::relay;
    EXPECT_TRUE(lifecycle_of(scenario).fetches);
}

}  // namespace
}  // namespace portdrought::model
