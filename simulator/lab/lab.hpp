// Turns this process into the lab of one run: private network, every setting made and read back. There is no way out
// and nothing to clean up: the lab ends with the process, so each run has a child process of its own.
#pragma once

#include "lab/lab_plan.hpp"
#include "os/namespaces.hpp"
#include "record/run_record.hpp"

namespace portdrought::lab {

/// The process must have one thread (std::logic_error otherwise). Throws os::EnvironmentError saying what is missing,
/// what it is needed for, the command that allows it and what still works. PR_SET_PDEATHSIG may be lost by it: call
/// os::die_with_parent() afterwards.
record::HostFacts enter(const LabPlan& plan);

/// The steps of enter(), for a look at what a machine can do:
/// A private network with lo up and, where the kernel can, a table of connections with `hash_slots` slots.
os::NamespaceKind enter_network(std::uint32_t hash_slots);
/// Sets each of `knobs_for(plan)` and reads it back.
void set_knobs(const LabPlan& plan);

}  // namespace portdrought::lab
