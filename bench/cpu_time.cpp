#include "bench/cpu_time.hpp"

#include <sys/resource.h>

#include "os/system_error.hpp"

namespace portdrought::bench {
namespace {

std::chrono::nanoseconds duration_of(const timeval& time) {
    return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
}

std::chrono::nanoseconds cpu_time_of(int who) {
    rusage usage{};
    os::check("read the CPU time used", ::getrusage(who, &usage));
    return duration_of(usage.ru_utime) + duration_of(usage.ru_stime);
}

}  // namespace

std::chrono::nanoseconds process_cpu_time() { return cpu_time_of(RUSAGE_SELF); }

std::chrono::nanoseconds children_cpu_time() { return cpu_time_of(RUSAGE_CHILDREN); }

}  // namespace portdrought::bench
