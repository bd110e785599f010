// How attempts are spread over time, as a value: what a Pacer plays and what can be said of it beforehand.
#pragma once

#include <cstdint>
#include <memory>

#include "core/trace.hpp"
#include "core/units.hpp"

namespace portdrought::core {

enum class Arrivals : std::uint8_t {
    constant,  // equal gaps of 1/rate
    poisson,   // exponential gaps of mean 1/rate
    bursts,    // equal gaps during burst_on, then none during burst_off; the rate is the mean of both
    daily,     // random, the rate following a cosine around its mean, lowest at the start
    trace      // as recorded
};

/// Times are real (already compressed).
struct ArrivalPlan {
    Arrivals process = Arrivals::constant;
    Duration burst_on = std::chrono::seconds{1}, burst_off = std::chrono::seconds{1};
    double daily_low = 0.25;  // the lowest rate as a share of the mean, 0..1; the highest is 2 - daily_low
    Duration daily_period = std::chrono::hours{24};
    std::shared_ptr<const Trace> trace;  // null: offers nothing
};

/// How many attempts come differs from seed to seed.
bool is_random(Arrivals process);

/// Attempts within `duration` at the mean `rate`: exact for bursts and a trace, the mean for random arrivals. A trace
/// has no rate.
double expected_attempts(const ArrivalPlan& plan, Rate rate, Duration duration);

/// The highest rate at any time (of random arrivals: its mean there).
Rate peak_rate(const ArrivalPlan& plan, Rate rate);

/// daily: what has been offered by `time`, as a multiple of the mean rate times the period.
double daily_offered(double daily_low, double periods);
/// Its inverse.
double daily_time(double daily_low, double offered);

}  // namespace portdrought::core
