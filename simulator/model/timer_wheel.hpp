// When a Linux timer fires: the further away, the coarser (kernel/time/timer.c since 4.8, calc_index(): the next step
// after its time, which is counted from the last tick). A TIME_WAIT of 60 s at HZ = 250 ends on the next multiple of
// 2.048 s after its time. Pure.
#pragma once

#include <cstdint>

#include "core/units.hpp"

namespace portdrought::model {

class TimerWheel {
public:
    /// `phase`: how far the kernel's clock was into a tick of the coarsest level when the run began; nobody knows it.
    TimerWheel(std::uint32_t hz, core::Duration phase) : jiffy_(core::Duration{1'000'000'000} / hz), phase_(phase) {}

    /// The end of a timer set at `start` for `delay`: after start + delay, by one tick of its level at most.
    core::Instant end_of(core::Instant start, core::Duration delay) const {
        const std::int64_t jiffies = (delay + jiffy_ - core::Duration{1}) / jiffy_;
        unsigned shift = 0;
        while (jiffies >= (std::int64_t{63} << shift) && shift < 24) shift += 3;
        const std::int64_t expires = (start + phase_) / jiffy_ + jiffies;
        return (((expires >> shift) + 1) << shift) * jiffy_ - phase_;
    }

private:
    core::Duration jiffy_, phase_;
};

}  // namespace portdrought::model
