// Scenarios for the model that a law speaks about, and what the model makes of them: a host whose connections take no
// time of their own, so that a pair is taken for exactly as long as the scenario says.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "engine/engine.hpp"
#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

using namespace std::chrono_literals;

/// `pairs` source ports towards one destination; who closes leaves nothing behind, so that residence is load.hold.
/// Nothing is charged: the profile is not Linux.
scenario::Scenario loss_system(std::uint32_t pairs);

/// The same, where the client closes at once and a pair is in TIME-WAIT for `residence`.
scenario::Scenario timed_wait_pool(std::uint32_t pairs, core::Duration residence);

/// What came between two looks.
struct Interval {
    double end_s = 0;
    std::uint64_t attempts = 0, ok = 0, failed = 0;
    std::uint64_t time_wait = 0;  // at its end
};

struct ModelRun {
    std::vector<Interval> intervals;  // of lab.sample each
    record::RunRecord record;
};

/// lab.sample must be at least a 20,000th of load.duration: the model looks no more often.
ModelRun run_model(const scenario::Scenario& scenario, const core::Costs& costs = {});

/// Of the intervals that end in (from_s, to_s].
Interval sum(const ModelRun& run, double from_s, double to_s);

/// Attempts a second that `load` times as many pairs as there are would want.
core::Rate rate_for(double load, std::uint64_t pairs, core::Duration residence);

}  // namespace portdrought::model
