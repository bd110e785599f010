#include "os/process/namespaces.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>

#include "os/proc_file.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

// We become root inside: servers under test and the sysctls expect it.
void map_this_user_to_root(uid_t user, gid_t group) {
    write_file("/proc/self/uid_map", fmt::format("0 {} 1", user));
    // Without it an unprivileged process may not write gid_map (user_namespaces(7)).
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/gid_map", fmt::format("0 {} 1", group));
}

}  // namespace

std::uint32_t thread_count() {
    const std::string status = read_file("/proc/self/status");
    constexpr std::string_view label = "\nThreads:\t";
    const auto at = status.find(label);
    std::uint32_t count = 0;
    if (at != std::string::npos) {
        std::from_chars(status.data() + at + label.size(), status.data() + status.size(), count);
    }
    if (count == 0) throw std::runtime_error("/proc/self/status does not say how many threads this process has");
    return count;
}

NamespaceKind enter_private_network() {
    const uid_t user = ::geteuid();
    const gid_t group = ::getegid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) {
        map_this_user_to_root(user, group);
        return NamespaceKind::user_and_network;
    }
    const int refusal = errno;
    if (::unshare(CLONE_NEWNET) == 0) return NamespaceKind::network;
    throw SystemError("enter a private user and network namespace", refusal);
}

void enter_another_network() { check("enter a second network namespace", ::unshare(CLONE_NEWNET)); }

}  // namespace portdrought::os
