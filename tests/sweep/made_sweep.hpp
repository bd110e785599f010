// A small sweep as engines would leave it: 3 rates x 2 delays.
#pragma once

#include "fake_engine.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::sweep {

inline record::SweepResult made_sweep(const record::Shard& shard = {}) {
    Plan plan;
    plan.text = "name = \"made\"\n[load]\nrate = \"10/s\"\n";
    plan.file = "made.toml";
    plan.axes = {{"load.rate", {"1/s", "2/s", "3/s"}}, {"host.timed_wait_delay", {"1s", "2s"}}};
    Grid grid(plan);
    record::SweepResult result;
    result.shard = shard;
    result.header.tool_version = "0.1.0";
    result.header.git_revision = "0123456789ab";
    result.header.engine = "model";
    result.header.scenario = grid.examine([](const auto&) {}).same;
    result.header.axes = grid.axes();
    const Engines engines = fake_engines();
    const engine::Observer observer;
    const Work work(grid, engines, observer);
    for (const std::uint64_t point : result.missing()) result.rows.emplace(point, work.row(point).value());
    return result;
}

}  // namespace portdrought::sweep
