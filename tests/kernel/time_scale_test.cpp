// Compressed time on the real kernel. Nothing for sanitizers: a generator that is 20 ms late is late by more than a
// second of scenario time.
#include <gtest/gtest.h>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

/// 16 s at 100/s on 1000 ports for 24 s of scenario time: runs out after 10 s, recovers from 16 s on.
RunRecord run_compressed(double scale) {
    return run_thousand([&](Scenario& s) {
        s.lab.time_scale = scale;
        s.host.timed_wait_delay = 16s;
        s.load.rate = core::Rate{100};
        s.load.duration = 24s;
    });
}

double ok_share(const RunRecord& record) {
    return static_cast<double>(record.totals.outcomes[core::Outcome::ok]) / static_cast<double>(record.totals.attempts);
}

TEST(TimeScale, OneFourAndSixteenAgreeWithinTwoPerCent) {
    const RunRecord one = run_compressed(1);
    ASSERT_TRUE(one.validity.valid) << one.validity.notes.front();
    for (const double scale : {4.0, 16.0}) {
        const RunRecord scaled = run_compressed(scale);
        ASSERT_TRUE(scaled.validity.valid) << scaled.validity.notes.front();
        EXPECT_EQ(scaled.totals.attempts, one.totals.attempts);
        EXPECT_NEAR(ok_share(scaled), ok_share(one), 0.02 * ok_share(one)) << "scale " << scale;
        EXPECT_NEAR(*scaled.totals.time_to_first_failure_s, *one.totals.time_to_first_failure_s,
                    0.02 * *one.totals.time_to_first_failure_s)
            << "scale " << scale;
        EXPECT_EQ(scaled.totals.time_wait_peak, one.totals.time_wait_peak) << "scale " << scale;
    }
}

TEST(TimeScale, AdmissionKeepsPortsFromRunningOut) {
    // 1000 ports bear 16.7/s for 60 s each. Three TIME-WAIT lengths, in 3 s of real time.
    const auto overload = [](Scenario& s) {
        s.load.duration = 180s;
        s.host.timed_wait_delay = 60s;
        s.host.port_choice = scenario::PortChoice::sequential;
        s.lab.time_scale = 60;
    };
    const RunRecord record = run_thousand([&](Scenario& s) {
        overload(s);
        s.load.admission = core::Rate{0.95 * 1000 / 60};
    });
    EXPECT_TRUE(record.validity.valid) << record.validity.notes.front();
    EXPECT_EQ(record.totals.attempts, 144'000U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 2850U);
    EXPECT_EQ(record.totals.outcomes.no_port(), 0U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::refused_locally], 144'000U - 2850U);
    // What the generator's longest stall held up starts at once, and is there with all that came before it.
    const double held_up = core::seconds(record.start_lag.max()) * 950;
    EXPECT_NEAR(static_cast<double>(record.totals.time_wait_peak_client.value_or(0)), 950, 20 + held_up);
    EXPECT_EQ(record.totals.connected, 2850U) << "a refused attempt opens nothing";
    EXPECT_TRUE(record.totals.errors.empty());
}

}  // namespace
}  // namespace portdrought::kernel
