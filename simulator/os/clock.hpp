// The two clocks a run reads: monotonic time and the CPU time of the calling thread. Values are only good for
// differences; the run's own time (core::Instant) is made from monotonic_now() by whoever knows the run's start.
#pragma once

#include <chrono>

namespace portdrought::os {

/// CLOCK_MONOTONIC, about 20 ns per call (vDSO).
std::chrono::nanoseconds monotonic_now();

/// CLOCK_THREAD_CPUTIME_ID: user and system time of this thread; a real system call, so not for every connection.
std::chrono::nanoseconds thread_cpu_time();

/// 1/HZ, the step of the kernel's own timers: 4 ms on most machines.
std::chrono::nanoseconds kernel_tick();

}  // namespace portdrought::os
