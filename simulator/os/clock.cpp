#include "os/clock.hpp"

#include <time.h>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

std::chrono::nanoseconds read_clock(clockid_t clock) {
    timespec now{};
    check("read a clock", ::clock_gettime(clock, &now));
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

}  // namespace

std::chrono::nanoseconds monotonic_now() { return read_clock(CLOCK_MONOTONIC); }

std::chrono::nanoseconds thread_cpu_time() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

// The coarse clock is read from what the tick has left behind.
std::chrono::nanoseconds kernel_tick() {
    timespec tick{};
    check("read the resolution of a clock", ::clock_getres(CLOCK_MONOTONIC_COARSE, &tick));
    return std::chrono::seconds{tick.tv_sec} + std::chrono::nanoseconds{tick.tv_nsec};
}

}  // namespace portdrought::os
