// A plan's scenario, and those of its mitigations that gain most, played by whoever can: for how long, and what the
// laws expect to be seen in that time. The laws speak without an engine; this compares them with one. Rates of all
// hosts together, in attempts per scenario second: requests, where a mitigation puts several on each connection.
#pragma once

#include <functional>
#include <optional>

#include "analysis/knees/plan.hpp"
#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::knees {

using Player = std::function<record::RunRecord(const scenario::Scenario&)>;

struct SimulationLimits {
    double most_attempts = 20e6;  // of one run
    std::uint32_t most_mitigations = 3;
    double residences = 4;  // of the pool that is full first: one to fill up, the rest to measure
};

/// The scenario as it is played: by the model, uncompressed, for several residence times and for `least` or as long as
/// the limit of attempts allows, with slots enough for attempts whose SYN was dropped.
scenario::Scenario to_play(const scenario::Scenario& scenario, const SimulationLimits& limits = {},
                           core::Duration least = {});

/// What the laws say such a run shows.
struct Expected {
    std::optional<double> sustained_per_s, first_full_s;
};
Expected expected(const Plan& plan);
Expected expected(const Mitigation& item);

/// Plays the plan's scenario and its best mitigations and keeps what they showed. What has no rate of its own (a closed
/// loop, a pool) is left out. Stops after a run that was interrupted.
void simulate(Plan& plan, const Player& play, const SimulationLimits& limits = {});

}  // namespace portdrought::knees
