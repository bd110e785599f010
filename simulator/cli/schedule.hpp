// Which runs a command makes, in which order, and how long the rest of them will take. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "scenario/scenario.hpp"

namespace portdrought::cli {

struct PlannedRun {
    std::shared_ptr<const scenario::Scenario> scenario;
    std::uint32_t repetition;  // from 1
};

/// Every variant, repeated and interleaved: A B C A B C …, so that a machine that gets slower is slow for all of them.
/// On the model the same seed is the same run, so repetitions count it up from lab.seed; beyond INT64_MAX it begins at
/// 0.
std::vector<PlannedRun> planned_runs(const std::vector<scenario::Scenario>& variants, std::uint32_t repeat);

/// Real time until the last of several runs has ended. Set-up and what follows the load is learnt from the runs made so
/// far; of runs on the model, which are as fast as the machine is, all of it.
class TimeLeft {
public:
    using Duration = std::chrono::nanoseconds;

    explicit TimeLeft(const std::vector<PlannedRun>& runs);

    /// The next run in line has ended after `took`.
    void ended(Duration took);
    /// With `elapsed` of the next run in line behind us, in which `share` (0 to 1) of its load was played. Absent where
    /// nothing says how long a run takes.
    std::optional<Duration> left(Duration elapsed, double share) const;
    std::size_t runs() const { return loads_.size(); }
    std::size_t ended() const { return ended_; }

private:
    Duration besides(Duration elapsed, double share) const;

    std::vector<Duration> loads_;  // load.duration of each run, real; 0 on the model
    std::size_t ended_ = 0;
    Duration besides_{0};  // what the ended runs took beyond their loads
};

}  // namespace portdrought::cli
