#include "model/theory/model_runs.hpp"

#include "model/model_engine.hpp"

namespace portdrought::model {

scenario::Scenario loss_system(std::uint32_t pairs) {
    scenario::Scenario scenario;
    scenario.name = "law";
    scenario.lab.engine = scenario::Engine::model;
    scenario.host.profile = "made for a test";
    scenario.host.ports = {10'000, static_cast<std::uint16_t>(9'999 + pairs)};
    scenario.load.in_flight = 2 * pairs + 1000;
    scenario.load.linger = 0s;
    return scenario;
}

scenario::Scenario timed_wait_pool(std::uint32_t pairs, core::Duration residence) {
    scenario::Scenario scenario = loss_system(pairs);
    scenario.load.linger.reset();
    scenario.host.timed_wait_delay = residence;
    return scenario;
}

ModelRun run_model(const scenario::Scenario& scenario, const core::Costs& costs) {
    ModelRun run;
    engine::Progress last;
    engine::Observer observer;
    observer.progress = [&](const engine::Progress& now) {
        const auto ok = [](const engine::Progress& progress) { return progress.outcomes[core::Outcome::ok]; };
        run.intervals.push_back({now.t_s, now.attempts - last.attempts, ok(now) - ok(last),
                                 now.outcomes.failed() - last.outcomes.failed(), now.time_wait.value_or(0)});
        last = now;
    };
    run.record = ModelEngine(costs).run(scenario, 1, observer);
    return run;
}

Interval sum(const ModelRun& run, double from_s, double to_s) {
    Interval all;
    for (const Interval& interval : run.intervals) {
        if (interval.end_s <= from_s || interval.end_s > to_s) continue;
        all.end_s = interval.end_s;
        all.attempts += interval.attempts;
        all.ok += interval.ok;
        all.failed += interval.failed;
        all.time_wait = interval.time_wait;
    }
    return all;
}

core::Rate rate_for(double load, std::uint64_t pairs, core::Duration residence) {
    return core::Rate{load * static_cast<double>(pairs) / core::seconds(residence)};
}

}  // namespace portdrought::model
