// Shows the foreign enforcer the kernel's table: looks with the probe, removes what is due. Used by the sampling
// thread, which is told when it has something to do.
#pragma once

#include <vector>

#include "os/run_clock.hpp"
#include "probe/time_wait_dump.hpp"
#include "record/run_record.hpp"
#include "timed_wait/foreign_enforcer.hpp"

namespace portdrought::kernel {

class ForeignTimeWait {
public:
    /// `length` is real time; `ours`: what the workers take care of.
    ForeignTimeWait(core::Duration length, std::vector<timed_wait::Claims*> ours, const os::RunClock& clock)
        : clock_(clock), enforcer_(length, std::move(ours)) {}

    core::Instant next_due() const;
    /// Does what is due; cheap when nothing is.
    void turn();
    const timed_wait::ForeignEnforcer& enforcer() const { return enforcer_; }

private:
    void look();

    const os::RunClock& clock_;
    probe::TimeWaitDump dump_;
    std::vector<timed_wait::FoundEntry> found_;
    timed_wait::ForeignEnforcer enforcer_;
};

}  // namespace portdrought::kernel
