// How far a run is: what an engine tells while it runs.
#pragma once

#include <cstdint>
#include <optional>

#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::engine {

struct Progress {
    double elapsed_s = 0, planned_s = 0;  // scenario time
    std::uint64_t attempts = 0, ok = 0, failed = 0;
    double offered_per_s = 0, achieved_per_s = 0;  // over the last report, scenario time
    std::optional<std::uint64_t> time_wait, ports_free;
    std::uint64_t ports_capacity = 0;
    // What a chart of the run so far needs besides; as in record::Sample:
    std::uint64_t connected = 0;
    core::OutcomeCounts outcomes;
    std::optional<std::uint64_t> established, time_wait_client, time_wait_server, ports_in_use, ports_reusable;
};

/// What a sample says of it, `previous` being the one reported before; ports are the caller's to add. `scenario` in
/// scenario time.
Progress progress_at(const record::Sample& sample, const record::Sample& previous, const scenario::Scenario& scenario);

}  // namespace portdrought::engine
