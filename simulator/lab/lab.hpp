// Turns this process into the lab of one run: private network, every setting made and read back. There is no way out
// and nothing to clean up: the lab ends with the process, so each run has a child process of its own.
#pragma once

#include "lab/knobs.hpp"
#include "lab/lab_plan.hpp"
#include "record/run_record.hpp"

namespace portdrought::lab {

/// The process must have one thread (std::logic_error otherwise). Throws os::EnvironmentError saying what is missing,
/// what it is needed for, the command that allows it and what still works. PR_SET_PDEATHSIG may be lost by it: call
/// os::die_with_parent() afterwards.
record::HostFacts enter(const LabPlan& plan);

/// Sets one knob and reads it back: a step of enter(). Throws os::EnvironmentError where the kernel lacks the setting
/// (a dispensable one is passed over), refuses the value or shows another afterwards.
void set_knob(const Knob& knob);

}  // namespace portdrought::lab
