#include "os/machine.hpp"

#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

utsname names() {
    utsname result{};
    check("ask for the kernel's name", ::uname(&result));
    return result;
}

}  // namespace

std::string kernel_release() { return names().release; }

std::string machine_name() { return names().machine; }

std::uint32_t usable_cpus() {
    cpu_set_t set;
    CPU_ZERO(&set);
    // EINVAL: more CPUs than the set has room for; then the count of all of them is the better answer.
    if (::sched_getaffinity(0, sizeof set, &set) < 0) {
        return static_cast<std::uint32_t>(check("count CPUs", static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN))));
    }
    return static_cast<std::uint32_t>(CPU_COUNT(&set));
}

}  // namespace portdrought::os
