#include "core/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace portdrought::core {
namespace {

constexpr double turn = 2 * std::numbers::pi;

double ns(Duration duration) { return static_cast<double>(duration.count()); }

double burst_attempts(const ArrivalPlan& plan, Rate rate, Duration duration) {
    const Duration cycle = plan.burst_on + plan.burst_off;
    const Duration on = duration / cycle * plan.burst_on + std::min(duration % cycle, plan.burst_on);
    const double attempts = ns(on) / 1e9 * peak_rate(plan, rate).per_second;
    return std::ceil(attempts * (1 - 1e-12));  // one at the very end belongs to what follows
}

Rate peak_of(const Trace& trace) {
    double most = 0;
    for (std::size_t row = 0; row < trace.rows.size(); ++row) {
        const double length = std::max(seconds(trace.length_of(row)), 1e-9);
        most = std::max(most, static_cast<double>(trace.rows[row].attempts) / length);
    }
    return {most};
}

}  // namespace

bool is_random(Arrivals process) { return process == Arrivals::poisson || process == Arrivals::daily; }

double expected_attempts(const ArrivalPlan& plan, Rate rate, Duration duration) {
    switch (plan.process) {
        case Arrivals::constant:
        case Arrivals::poisson: break;
        case Arrivals::bursts: return burst_attempts(plan, rate, duration);
        case Arrivals::daily:
            return rate.per_second * seconds(plan.daily_period) *
                   daily_offered(plan.daily_low, ns(duration) / ns(plan.daily_period));
        case Arrivals::trace: return plan.trace ? static_cast<double>(plan.trace->attempts_before(duration)) : 0;
    }
    return rate.per_second * seconds(duration);
}

Rate peak_rate(const ArrivalPlan& plan, Rate rate) {
    switch (plan.process) {
        case Arrivals::constant:
        case Arrivals::poisson: break;
        case Arrivals::bursts: return {rate.per_second * (1 + ns(plan.burst_off) / ns(plan.burst_on))};
        case Arrivals::daily: return {rate.per_second * (2 - plan.daily_low)};
        case Arrivals::trace: return plan.trace ? peak_of(*plan.trace) : Rate{0};
    }
    return rate;
}

double daily_offered(double daily_low, double periods) {
    return periods - (1 - daily_low) * std::sin(turn * periods) / turn;
}

// Newton's method, held between ends that enclose the solution: where the rate is next to nothing it would leap away.
double daily_time(double daily_low, double offered) {
    const double whole = std::floor(offered), wanted = offered - whole;
    const double swing = 1 - daily_low;
    double low = 0, high = 1, x = wanted;
    for (int step = 0; step < 100; ++step) {
        const double missed = x - swing * std::sin(turn * x) / turn - wanted;
        (missed > 0 ? high : low) = x;
        const double next = x - missed / (1 - swing * std::cos(turn * x));
        const double better = low < next && next < high ? next : (low + high) / 2;
        if (std::abs(better - x) < 1e-15) break;
        x = better;
    }
    return whole + x;
}

}  // namespace portdrought::core
