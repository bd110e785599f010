// Delayed duplicates on the real kernel: what each way to use a pair early lets through.
#include <gtest/gtest.h>

#include <chrono>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using record::Duplicates;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

constexpr std::uint32_t trials = 20;

Duplicates try_with(const std::function<void(Scenario&)>& change) {
    const RunRecord record = run_thousand([&](Scenario& s) {
        s.load.rate = core::Rate{100};
        s.load.duration = 100ms;
        s.lab.duplicates = trials;
        change(s);
    });
    EXPECT_TRUE(record.duplicates);
    const Duplicates result = record.duplicates.value_or(Duplicates{});
    EXPECT_EQ(result.trials, trials);
    const std::uint64_t wrapped = result.accepted + result.dropped_paws + result.dropped_other + result.killed;
    EXPECT_EQ(result.pair_refused + result.stale_killed + wrapped, trials);
    EXPECT_EQ(result.pair_refused + result.stale_killed + result.stale_accepted + result.stale_dropped, trials);
    return result;
}

TEST(Duplicates, AreNotTriedUnasked) {
    EXPECT_FALSE(run_thousand([](Scenario& s) { s.load.duration = 50ms; }).duplicates);
}

TEST(Duplicates, MeetNoNewConnectionWhileTimeWaitLasts) {
    const Duplicates result = try_with([](Scenario&) {});
    EXPECT_EQ(result.pair_refused, trials);
}

TEST(Duplicates, AreDroppedByTheirTimestampAfterTwReuse) {
    const Duplicates result = try_with([](Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.tw_reuse_delay = 200ms;
    });
    EXPECT_EQ(result.dropped_paws, trials);
    EXPECT_EQ(result.stale_dropped, trials);
}

TEST(Duplicates, ReachTheApplicationAfterAShortDelayWithoutTimestamps) {
    const Duplicates result = try_with([](Scenario& s) {
        s.host.timed_wait_delay = 300ms;
        s.host.timestamps = false;
    });
    EXPECT_EQ(result.accepted, trials);
    EXPECT_EQ(result.stale_dropped, trials);
}

TEST(Duplicates, AreDroppedByTheirTimestampAfterAShortDelayWithTimestamps) {
    EXPECT_EQ(try_with([](Scenario& s) { s.host.timed_wait_delay = 300ms; }).dropped_paws, trials);
}

TEST(Duplicates, ReachTheApplicationAfterAResetWithoutTimestamps) {
    const Duplicates result = try_with([](Scenario& s) {
        s.load.linger = 0s;
        s.host.timestamps = false;
    });
    EXPECT_EQ(result.accepted, trials);
    EXPECT_EQ(result.time_wait_killed + result.time_wait_kept, 0U) << "a reset leaves no TIME_WAIT";
}

TEST(Duplicates, ReachTheApplicationWhereTimeWaitIsSkipped) {
    const Duplicates result = try_with([](Scenario& s) {
        s.host.max_time_wait = 0;
        s.host.timestamps = false;
    });
    EXPECT_EQ(result.accepted, trials);
    EXPECT_EQ(result.time_wait_killed + result.time_wait_kept, 0U);
}

TEST(Duplicates, ReachTheApplicationWhereAFreshSynTakesTheServersTimeWaitOver) {
    const Duplicates result = try_with([](Scenario& s) {
        s.load.closer = core::Closer::server;
        s.host.timestamps = false;
    });
    EXPECT_EQ(result.accepted, trials);
    EXPECT_EQ(result.time_wait_killed, trials);
}

TEST(Duplicates, AreDroppedAfterAPortBoundWithReuseAddressWhileTimestampsAreOn) {
    const Duplicates result = try_with([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
    });
    EXPECT_EQ(result.dropped_paws, trials);
}

TEST(Duplicates, ReachTheApplicationAfterACloseWithUnreadData) {
    const Duplicates result = try_with([](Scenario& s) {
        s.load.close_unread = true;
        s.host.timestamps = false;
    });
    EXPECT_EQ(result.accepted, trials);
    EXPECT_EQ(result.time_wait_killed + result.time_wait_kept, 0U) << "closing with unread data resets";
}

TEST(Duplicates, MeetTimeWaitAfterAHalfCloseAsAfterAnyOther) {
    const Duplicates result = try_with([](Scenario& s) {
        s.load.half_close = true;
        s.load.linger = 1s;
        s.host.ports = {20000, 20004};  // fewer than pairs: several sources
    });
    EXPECT_EQ(result.pair_refused, trials);
    EXPECT_EQ(result.time_wait_killed, trials);
}

TEST(Duplicates, MeetNoNewConnectionWhileThePeerHasNotClosed) {
    const Duplicates result = try_with([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.tw_reuse = scenario::TwReuse::on;
    });
    EXPECT_EQ(result.pair_refused, trials) << "FIN_WAIT_2 is never reused";
    EXPECT_EQ(result.time_wait_killed + result.time_wait_kept, 0U);
}

TEST(Duplicates, MeetNoNewConnectionWhileFinWait2OutlastsTheDelay) {
    const Duplicates result = try_with([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.timed_wait_delay = 300ms;
    });
    EXPECT_EQ(result.pair_refused, trials) << "only TIME_WAIT is shortened";
}

// The peer still has the old connection: the first SYN ends it, the one sent again opens the new one.
TEST(Duplicates, MeetNewConnectionsWhoseHandshakesOverlap) {
    const auto begun = std::chrono::steady_clock::now();
    const Duplicates result = try_with([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.fin_timeout = 1s;
    });
    EXPECT_EQ(result.pair_refused, 0U);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s) << "they wait together";
}

TEST(Duplicates, AreTriedOnThePortsThatNobodyHas) {
    const Duplicates result = try_with([](Scenario& s) { s.host.unconnected_ports = 900; });
    EXPECT_EQ(result.pair_refused, trials);
    EXPECT_EQ(result.time_wait_killed + result.time_wait_kept, trials);
}

TEST(Duplicates, AreTriedFromSeveralAddressesWhereABoundPortIsForOneConnection) {
    const Duplicates result = try_with([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.ports = {20000, 20004};
    });
    EXPECT_EQ(result.pair_refused, trials);
    EXPECT_EQ(result.time_wait_killed + result.time_wait_kept, trials);
}

TEST(Duplicates, EndTimeWaitThroughTheResetThatAnswersIt) {
    const Duplicates result = try_with([](Scenario&) {});
    EXPECT_EQ(result.time_wait_killed, trials);
    EXPECT_EQ(result.time_wait_kept, 0U);
}

TEST(Duplicates, DoNotEndTimeWaitWithRfc1337) {
    const Duplicates result = try_with([](Scenario& s) { s.host.rfc1337 = true; });
    EXPECT_EQ(result.time_wait_killed, 0U);
    EXPECT_EQ(result.time_wait_kept, trials);
}

// 240 s, compressed to 2 s, outlast the two minutes a segment may live; 60 s do not.
TEST(Duplicates, AreOutlivedByTwiceTheirLifetimeOnly) {
    const auto run_with = [](core::Duration length) {
        return try_with([&](Scenario& s) {
            s.host.timed_wait_delay = length;
            s.host.timestamps = false;
            s.lab.time_scale = 120;
            s.load.rate = core::Rate{1};
            s.load.duration = 10s;
        });
    };
    EXPECT_EQ(run_with(240s).pair_refused, trials);
    EXPECT_EQ(run_with(60s).accepted, trials);
}

}  // namespace
}  // namespace portdrought::kernel
