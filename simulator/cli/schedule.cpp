#include "cli/schedule.hpp"

#include <algorithm>
#include <numeric>

namespace portdrought::cli {

namespace {

PlannedRun planned_run(const scenario::Scenario& variant, std::uint32_t repetition) {
    auto scenario = std::make_shared<scenario::Scenario>(variant);
    if (variant.lab.engine == scenario::Engine::model)
        scenario->lab.seed = (variant.lab.seed + repetition - 1) % (std::uint64_t{1} << 63U);
    return {std::move(scenario), repetition};
}

}  // namespace

std::vector<PlannedRun> planned_runs(const std::vector<scenario::Scenario>& variants, std::uint32_t repeat) {
    std::vector<PlannedRun> runs;
    for (std::uint32_t repetition = 1; repetition <= repeat; ++repetition)
        for (const scenario::Scenario& variant : variants) runs.push_back(planned_run(variant, repetition));
    return runs;
}

TimeLeft::TimeLeft(const std::vector<PlannedRun>& runs) {
    for (const PlannedRun& run : runs)
        loads_.push_back(run.scenario->lab.engine == scenario::Engine::model
                             ? Duration{0}
                             : Duration{scenario::compressed(*run.scenario, run.scenario->load.duration)});
}

void TimeLeft::ended(Duration took) {
    besides_ += took - loads_[ended_];
    ++ended_;
}

/// What a run takes beyond its load; of the first on the model judged by what is played of it.
TimeLeft::Duration TimeLeft::besides(Duration elapsed, double share) const {
    if (ended_ > 0) return besides_ / static_cast<std::int64_t>(ended_);
    if (loads_.front() > Duration{0} || share <= 0) return Duration{0};
    return std::chrono::duration_cast<Duration>(elapsed / std::min(share, 1.0));
}

std::optional<TimeLeft::Duration> TimeLeft::left(Duration elapsed, double share) const {
    if (ended_ == loads_.size()) return Duration{0};
    const Duration each = besides(elapsed, share);
    const auto rest = std::accumulate(loads_.begin() + static_cast<std::ptrdiff_t>(ended_), loads_.end(), Duration{0});
    const Duration all = rest + each * static_cast<std::int64_t>(loads_.size() - ended_);
    if (all == Duration{0}) return std::nullopt;
    return std::max(all - elapsed, Duration{0});
}

}  // namespace portdrought::cli
