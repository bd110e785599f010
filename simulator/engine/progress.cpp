#include "engine/progress.hpp"

namespace portdrought::engine {

Progress progress_at(const record::Sample& sample, const record::Sample& previous, const scenario::Scenario& scenario) {
    Progress progress;
    progress.elapsed_s = sample.t_s;
    progress.planned_s = core::seconds(scenario.load.duration);
    progress.attempts = sample.attempts;
    progress.ok = sample.outcomes[core::Outcome::ok];
    progress.failed = sample.outcomes.failed();
    progress.time_wait = sample.time_wait;
    progress.connected = sample.connected;
    progress.outcomes = sample.outcomes;
    progress.established = sample.established;
    progress.time_wait_client = sample.time_wait_client;
    progress.time_wait_server = sample.time_wait_server;
    progress.ports_in_use = sample.ports_in_use;
    progress.ports_reusable = sample.ports_reusable;
    // Right after the start a single attempt would look like a high rate.
    const double usual = core::seconds(scenario.lab.sample) * scenario.lab.time_scale;
    if (const double past = sample.t_s - previous.t_s; past >= usual / 2) {
        progress.offered_per_s = static_cast<double>(sample.attempts - previous.attempts) / past;
        progress.achieved_per_s = static_cast<double>(sample.connected - previous.connected) / past;
    }
    return progress;
}

}  // namespace portdrought::engine
