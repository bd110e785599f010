// What uname(2) and the scheduler say about this machine.
#pragma once

#include <cstdint>
#include <string>

namespace portdrought::os {

std::string kernel_release();  // "6.1.0-28-amd64"
std::string machine_name();    // "x86_64"
/// CPUs this process may run on (sched_getaffinity), which in a container can be fewer than the machine has.
std::uint32_t usable_cpus();

}  // namespace portdrought::os
