// The facts doctor judges: what this machine offers, found by trying it. A plain value, so that the judgement can be
// tested for every machine. Absent: could not be tried, because something it needs is missing. 0: works; else an errno.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "lab/missing.hpp"

namespace portdrought::lab {

struct Examination {
    std::string kernel, machine;
    std::uint32_t cpus = 1;
    std::uint64_t descriptor_limit = 0;  // hard
    NamespacePolicy policy;
    std::optional<int> private_network;
    bool user_namespace = true;  // false: the private network was had by privilege
    std::optional<int> loopback, socket_dump, destroy, port_window, ipv6, raw_socket;
    std::optional<std::uint64_t> own_hash;
    /// By sysctl name, the lab's settings for default scenarios: 0, an errno, or ENOENT where the kernel lacks it.
    std::map<std::string, int> knobs;
};

/// Looks at this machine; what changes the process is tried in a child process.
Examination examine_machine();

/// What the child sends home, one "name value" a line; unknown lines are skipped.
std::string to_text(const Examination& examination);
void read_text(const std::string& text, Examination& examination);

}  // namespace portdrought::lab
