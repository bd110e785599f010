#include "scenario/compress.hpp"

namespace portdrought::scenario {

namespace {

core::Trace compressed_trace(const Scenario& scenario) {
    core::Trace trace = *scenario.load.trace_rows.shared;
    for (core::Trace::Row& row : trace.rows) row.at = compressed(scenario, row.at);
    trace.last = compressed(scenario, trace.last);
    return trace;
}

}  // namespace

Scenario compress(const Scenario& scenario) {
    Scenario real = scenario;
    const auto shrink = [&](core::Duration& duration) { duration = compressed(scenario, duration); };
    if (real.load.rate) real.load.rate->per_second *= scenario.lab.time_scale;
    if (real.load.admission) real.load.admission->per_second *= scenario.lab.time_scale;
    shrink(real.load.duration);
    shrink(real.load.hold);
    shrink(real.load.burst_on);
    shrink(real.load.burst_off);
    shrink(real.load.daily_period);
    if (scenario.load.trace_rows.shared && scenario.lab.time_scale != 1)
        real.load.trace_rows.shared = std::make_shared<core::Trace>(compressed_trace(scenario));
    shrink(real.load.retry_backoff);
    shrink(real.load.pool_idle);
    if (real.host.timed_wait_delay) shrink(*real.host.timed_wait_delay);
    shrink(real.host.tw_reuse_delay);
    shrink(real.host.fin_timeout);
    shrink(real.nat.after_fin);
    shrink(real.nat.after_reset);
    shrink(real.nat.half_open);
    real.lab.time_scale = 1;
    return real;
}

}  // namespace portdrought::scenario
