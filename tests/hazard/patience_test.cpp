// How long a trial waits for its pair, which decides what counts as refused.
#include <gtest/gtest.h>

#include "hazard/duplicate_trials.hpp"

namespace portdrought::hazard {
namespace {

using namespace std::chrono_literals;

TEST(Patience, WaitsForWhatTheSettingsPromise) {
    scenario::Scenario s;
    s.host.timed_wait_delay = 30s;
    EXPECT_EQ(patience(s), 32s);
    s.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(patience(s), 3s) << "tw_reuse gives the pair back after a second";
    s.host.timestamps = false;
    EXPECT_EQ(patience(s), 32s) << "which it cannot without timestamps";
}

TEST(Patience, DoesNotWaitOutTheKernelsOwnLength) { EXPECT_EQ(patience(scenario::Scenario{}), 2s); }

TEST(Patience, WaitsForFinWait2WhereThePeerNeverCloses) {
    scenario::Scenario s;
    s.load.passive_closes = false;
    s.host.timed_wait_delay = 5s;
    EXPECT_EQ(patience(s), 2s) << "there is no TIME-WAIT to shorten";
    s.host.fin_timeout = 10s;
    EXPECT_EQ(patience(s), 12s);
}

TEST(Patience, EndsWithTheLifeOfASegment) {
    scenario::Scenario s;
    s.lab.time_scale = 60;
    s.host.timed_wait_delay = 240s;
    EXPECT_EQ(patience(s), 2s) << "nothing comes back within the two minutes";
    s.host.timed_wait_delay = 119s;
    EXPECT_EQ(patience(s), 2s) << "two minutes, compressed";
    s.lab.time_scale = 1000;
    EXPECT_EQ(patience(s), 120ms);
}

TEST(Patience, EndsAfterAMinuteOfRealTime) {
    scenario::Scenario s;
    s.host.timed_wait_delay = 64s;
    EXPECT_EQ(patience(s), 65s);
    s.host.timed_wait_delay = 100s;
    EXPECT_EQ(patience(s), 2s);
}

}  // namespace
}  // namespace portdrought::hazard
