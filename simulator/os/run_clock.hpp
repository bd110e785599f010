// The run's clock: real time since the first intended start. All workers and the sampler share one start.
#pragma once

#include <chrono>

#include "core/units.hpp"

namespace portdrought::os {

class RunClock {
public:
    using Steady = std::chrono::steady_clock;
    explicit RunClock(Steady::time_point start) : start_(start) {}

    /// Negative before the start.
    core::Instant now() const { return Steady::now() - start_; }
    Steady::time_point at(core::Instant instant) const { return start_ + instant; }

private:
    Steady::time_point start_;
};

}  // namespace portdrought::os
