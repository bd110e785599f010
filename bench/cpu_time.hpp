// CPU time that counts everything a contender causes: all threads of this process (user and system) and, where it
// starts programs, the children it has waited for.
#pragma once

#include <chrono>

namespace portdrought::bench {

/// getrusage(RUSAGE_SELF), both halves. Packets on loopback are handled inside the sender's system calls, so their cost
/// is in here.
std::chrono::nanoseconds process_cpu_time();

/// getrusage(RUSAGE_CHILDREN): only children that have ended and been waited for.
std::chrono::nanoseconds children_cpu_time();

}  // namespace portdrought::bench
