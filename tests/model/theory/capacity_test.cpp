// Constant arrivals on the model's port tables beside the closed forms of docs/laws.md.
#include <gtest/gtest.h>

#include "analysis/laws/capacity.hpp"
#include "model/theory/model_runs.hpp"
#include "model/timer_wheel.hpp"

namespace portdrought::model {
namespace {

constexpr std::uint32_t default_range = 28'232;
constexpr core::Duration minute = 60s;

double found_fraction(const Interval& interval) {
    return 1 - static_cast<double>(interval.failed) / static_cast<double>(interval.attempts);
}

// Every single attempt of three periods.
TEST(TheoryCapacity, OverloadAcceptsAndRefusesInASquareWave) {
    constexpr std::uint32_t pairs = 1000;
    for (const double load : {1.5, 3.0}) {
        scenario::Scenario scenario = timed_wait_pool(pairs, minute);
        const core::Rate rate = rate_for(load, pairs, minute);
        const core::Duration gap = core::from_seconds(1 / rate.per_second);
        scenario.load.rate = rate;
        scenario.load.duration = 3 * minute + gap;
        scenario.lab.sample = gap / 2;  // one attempt in every other interval
        const auto wave = laws::overload_wave(pairs, rate, minute);
        ASSERT_TRUE(wave);
        core::Instant at{0};
        for (const Interval& interval : run_model(scenario).intervals) {
            if (interval.attempts == 0) continue;
            ASSERT_EQ(interval.attempts, 1U);
            ASSERT_EQ(interval.failed == 0, at % minute < wave->accepting) << core::seconds(at);
            at += gap;
        }
        EXPECT_GE(at, 3 * minute);
        EXPECT_EQ(wave->accepting + wave->refusing, minute);
    }
}

TEST(TheoryCapacity, OverloadOfLinuxsDefaultRangeIsTheSameWave) {
    for (const double load : {1.5, 3.0}) {
        scenario::Scenario scenario = timed_wait_pool(default_range, minute);
        const core::Rate rate = rate_for(load, default_range, minute);
        scenario.load.rate = rate;
        scenario.load.duration = 4 * minute + 1s;
        const auto wave = laws::overload_wave(default_range, rate, minute);
        ASSERT_TRUE(wave);
        const ModelRun run = run_model(scenario);
        const double accepting = core::seconds(wave->accepting), sample = core::seconds(scenario.lab.sample);
        for (const Interval& interval : run.intervals) {
            const double end = std::fmod(interval.end_s, 60), begin = end - sample;
            if (begin > 0.01 && end < accepting - 0.01) {
                EXPECT_EQ(interval.failed, 0U) << interval.end_s;
            }
            if (begin > accepting + 0.01) {
                EXPECT_EQ(interval.failed, interval.attempts) << interval.end_s;
            }
        }
        EXPECT_NEAR(found_fraction(sum(run, 60.05, 240.05)), laws::accepted_fraction(default_range, rate, minute),
                    0.001);
        EXPECT_NEAR(*run.record.totals.time_to_first_failure_s, accepting, 0.01);
    }
}

constexpr double shortest_s = 60, longest_s = 62.048;  // TIME-WAIT, as Linux's timers end it at 250 Hz

TEST(TheoryCapacity, ATimerOfLinuxEndsAfterItsTimeAndWithinAStep) {
    const TimerWheel wheel(250, 1'234'567'890ns);
    core::Duration shortest = core::Duration::max(), longest{0};
    for (core::Instant start{0}; start < 10 * 2048ms; start += 12'347ns) {
        const core::Duration length = wheel.end_of(start, minute) - start;
        shortest = std::min(shortest, length);
        longest = std::max(longest, length);
    }
    EXPECT_GT(shortest, minute);
    EXPECT_LT(shortest, minute + 100us);
    EXPECT_LE(longest, minute + 2048ms);
    EXPECT_GT(longest, minute + 2048ms - 100us);
}

TEST(TheoryCapacity, LinuxsTimersSpreadTimeWaitEvenly) {
    scenario::Scenario scenario = loss_system(default_range);
    scenario.load.linger.reset();
    constexpr double rate = 400;
    scenario.load.rate = core::Rate{rate};
    scenario.load.duration = 200s;
    scenario.lab.sample = 16ms;  // 128 of them between two ends
    const ModelRun run = run_model(scenario);
    std::uint64_t least = UINT64_MAX, most = 0;
    double sum = 0, last_end = 0;
    int steps = 0;
    const std::size_t first = 4000, count = std::size_t{128} * 60;
    for (std::size_t i = first; i < first + count; ++i) {
        const std::uint64_t now = run.intervals.at(i).time_wait, before = run.intervals[i - 1].time_wait;
        least = std::min(least, now);
        most = std::max(most, now);
        sum += static_cast<double>(now);
        if (now >= before) continue;
        if (last_end > 0) {
            EXPECT_NEAR(run.intervals[i].end_s - last_end, 2.048, 0.0161);
        }
        last_end = run.intervals[i].end_s;
        ++steps;
    }
    EXPECT_EQ(steps, 60);
    // Little's law for the shortest, the longest and the mean time.
    EXPECT_NEAR(static_cast<double>(least), rate * shortest_s, 0.016 * rate + 1);
    EXPECT_NEAR(static_cast<double>(most), rate * longest_s, 0.016 * rate + 1);
    EXPECT_NEAR(sum / static_cast<double>(count), rate * (shortest_s + longest_s) / 2, 0.008 * rate + 1);
}

// What comes back at an end of the timers is taken again in the one burst of attempts that follows the refused ones, so
// that the wave falls in step with the timers: 61.44 s is the one multiple of 2.048 s between 60 s and 62.048 s.
TEST(TheoryCapacity, LinuxsTimersStretchTheWave) {
    constexpr core::Duration period = 61'440ms;
    for (const double load : {1.5, 3.0}) {
        scenario::Scenario scenario = loss_system(default_range);
        scenario.load.linger.reset();
        const core::Rate rate = rate_for(load, default_range, minute);
        scenario.load.rate = rate;
        scenario.load.duration = 8 * minute;
        scenario.lab.sample = 64ms;
        const ModelRun run = run_model(scenario);
        std::vector<double> starts;
        for (std::size_t i = 1; i < run.intervals.size(); ++i) {
            const Interval &before = run.intervals[i - 1], &now = run.intervals[i];
            const bool starts_here = before.failed == before.attempts && now.failed < now.attempts;
            if (starts_here && (starts.empty() || now.end_s - starts.back() > 40)) starts.push_back(now.end_s);
        }
        ASSERT_GE(starts.size(), 6U);
        EXPECT_GE(starts[0], shortest_s);
        EXPECT_LE(starts[0], longest_s + 0.064);
        for (std::size_t i = 1; i < starts.size(); ++i)
            EXPECT_NEAR(starts[i] - starts[i - 1], core::seconds(period), 0.0641) << i;
        const Interval waves = sum(run, starts[0] - 0.064, starts[5] - 0.064);
        EXPECT_NEAR(found_fraction(waves), laws::accepted_fraction(default_range, rate, period), 0.002);
    }
}

TEST(TheoryCapacity, ThePoolIsEmptyWhenTheLawSays) {
    for (const double load : {1.01, 1.5, 3.0, 20.0}) {
        scenario::Scenario scenario = timed_wait_pool(default_range, minute);
        scenario.load.rate = rate_for(load, default_range, minute);
        scenario.load.duration = minute;
        const auto law = laws::time_to_exhaustion(default_range, *scenario.load.rate, minute);
        const ModelRun run = run_model(scenario);
        ASSERT_TRUE(law && run.record.totals.time_to_first_failure_s);
        EXPECT_NEAR(*run.record.totals.time_to_first_failure_s, core::seconds(*law), 1e-6);
    }
    scenario::Scenario scenario = timed_wait_pool(default_range, minute);
    scenario.load.rate = rate_for(0.999, default_range, minute);
    scenario.load.duration = 3 * minute;
    EXPECT_FALSE(run_model(scenario).record.totals.time_to_first_failure_s);
}

// The first passage of a random number of pairs; the mean of ten.
TEST(TheoryCapacity, ThePoolIsEmptyLaterWhereSomeComeBackEarly) {
    for (const double load : {1.5, 3.0}) {
        scenario::Scenario scenario = loss_system(default_range);
        scenario.load.hold = minute;
        scenario.load.hold_distribution = core::HoldDistribution::exponential;
        scenario.load.rate = rate_for(load, default_range, minute);
        const auto law = laws::time_to_exhaustion_exponential(default_range, *scenario.load.rate, minute);
        ASSERT_TRUE(law);
        scenario.load.duration = *law + 10s;
        double mean = 0;
        for (scenario.lab.seed = 1; scenario.lab.seed <= 10; ++scenario.lab.seed)
            mean += run_model(scenario).record.totals.time_to_first_failure_s.value() / 10;
        EXPECT_NEAR(mean / core::seconds(*law), 1, 0.01) << load;
    }
}

/// Connections a second in a hundred whole waves from an empty pool, far more being offered. A wave is a multiple of
/// the gap between attempts.
double ceiling(scenario::Scenario scenario, core::Rate rate, core::Duration wave) {
    scenario.load.rate = rate;
    scenario.load.duration = 100 * wave;
    return static_cast<double>(run_model(scenario).record.totals.connected) / core::seconds(100 * wave);
}

TEST(TheoryCapacity, ReuseRaisesTheCeilingByTheFactor) {
    constexpr std::uint32_t pairs = 20;
    for (const core::Duration open : {0ms, 500ms, 5000ms}) {
        scenario::Scenario scenario = timed_wait_pool(pairs, minute);
        scenario.load.hold = open;
        const double without = ceiling(scenario, core::Rate{100}, open + minute);
        scenario.host.tw_reuse = scenario::TwReuse::on;
        // More than a second in clocks of a millisecond.
        const double with = ceiling(scenario, core::Rate{1000}, open + 1001ms);
        EXPECT_NEAR(without, laws::sustainable_rate(pairs, open + minute), 1e-9);
        EXPECT_NEAR(with / without / laws::reuse_factor(open, minute, 1s), 1, 0.0011) << core::seconds(open);
    }
}

std::uint64_t pairs_in_use(const ModelRun& run) {
    for (auto sample = run.record.samples.rbegin(); sample != run.record.samples.rend(); ++sample)
        if (sample->ports_in_use && sample->t_s < core::seconds(run.record.scenario.load.duration))
            return *sample->ports_in_use;
    return 0;
}

TEST(TheoryCapacity, KeepAliveNeedsFewerPairs) {
    constexpr core::Rate requests{100};
    for (const std::uint32_t each : {1U, 10U, 100U}) {
        const laws::KeepAlive law = laws::keep_alive(requests, each, 50ms);
        scenario::Scenario scenario = timed_wait_pool(10'000, minute);
        scenario.load.rate = law.connections;
        scenario.load.hold = law.open;
        scenario.load.requests_per_connection = each;
        scenario.load.duration = 4 * minute;
        const ModelRun run = run_model(scenario);
        EXPECT_NEAR(static_cast<double>(pairs_in_use(run)), laws::little(law.connections, law.open + minute), 1)
            << each;
    }
}

TEST(TheoryCapacity, ALimitKeepsSoManyInTimeWait) {
    for (const std::uint32_t limit : {300U, 1500U}) {
        scenario::Scenario scenario = timed_wait_pool(10'000, minute);
        scenario.host.max_time_wait = limit;
        scenario.load.rate = core::Rate{20};
        scenario.load.duration = 4 * minute;
        const laws::LimitedTimeWait law = laws::limited_time_wait(*scenario.load.rate, minute, limit);
        const ModelRun run = run_model(scenario);
        EXPECT_EQ(static_cast<double>(run.record.totals.time_wait_peak.value()), law.kept);
        EXPECT_EQ(static_cast<double>(run.record.totals.cost.time_wait_overflow.value()), law.overflow_per_s * 240);
        EXPECT_EQ(run.record.totals.outcomes.failed(), 0U);
    }
}

}  // namespace
}  // namespace portdrought::model
