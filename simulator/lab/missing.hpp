// The words for everything a machine can lack: pure functions from facts to a Capability, so that every message can be
// tested on a machine that lacks nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "lab/capability.hpp"
#include "lab/knobs.hpp"

namespace portdrought::lab {

/// The host's settings that can forbid user namespaces; absent where the kernel has no such setting.
struct NamespacePolicy {
    std::optional<std::uint64_t> max_user_namespaces;
    std::optional<std::uint64_t> max_net_namespaces;
    std::optional<bool> apparmor_restricts;    // kernel.apparmor_restrict_unprivileged_userns (Ubuntu)
    std::optional<bool> unprivileged_allowed;  // kernel.unprivileged_userns_clone (Debian)
};

NamespacePolicy read_namespace_policy();

/// `error` is what unshare(2) said.
Capability no_private_network(int error, const NamespacePolicy& policy);
Capability no_loopback(int error);
Capability no_own_hash(const std::string& kernel);
Capability no_socket_dump(int error);
Capability no_destroy(int error, const std::string& kernel);
Capability no_port_window(int error, const std::string& kernel);
Capability no_ipv6(int error);
Capability no_raw_socket(int error);
Capability too_few_descriptors(std::uint64_t limit, std::uint64_t needed);
/// A sysctl this kernel does not have.
Capability no_knob(const Knob& knob, const std::string& kernel);
/// A sysctl that refuses the value, or shows `found` after it was set.
Capability refused_knob(const Knob& knob, int error);
Capability unheeded_knob(const Knob& knob, const std::string& found);

}  // namespace portdrought::lab
