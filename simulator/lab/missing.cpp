#include "lab/missing.hpp"

#include <fmt/format.h>

#include <cerrno>

#include "lab/sysctl.hpp"
#include "os/system_error.hpp"

namespace portdrought::lab {

namespace {

constexpr const char* no_run = "list, show, plan, report and diagnose; nothing runs on this kernel";

std::string refusal(const char* attempt, int error) {
    return fmt::format("{} said {}", attempt, os::errno_name(error));
}

std::string on_kernel(const char* needs, const std::string& kernel) {
    return fmt::format("use Linux {} or newer (this is {})", needs, kernel);
}

std::string allow_namespaces(int error, const NamespacePolicy& policy) {
    if (policy.max_user_namespaces == 0U) return "sudo sysctl -w user.max_user_namespaces=15000";
    if (policy.max_net_namespaces == 0U) return "sudo sysctl -w user.max_net_namespaces=15000";
    if (policy.unprivileged_allowed == false) return "sudo sysctl -w kernel.unprivileged_userns_clone=1";
    if (policy.apparmor_restricts == true) return "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
    if (error == ENOSPC) return "sudo sysctl -w user.max_user_namespaces=15000 user.max_net_namespaces=15000";
    if (error == EINVAL) return "use a kernel built with CONFIG_USER_NS and CONFIG_NET_NS, or run as root";
    return "run as root; in a container allow unshare(2), for example: docker run --security-opt seccomp=unconfined "
           "--cap-add SYS_ADMIN --cap-add NET_ADMIN";
}

}  // namespace

NamespacePolicy read_namespace_policy() {
    NamespacePolicy policy;
    policy.max_user_namespaces = read_number("user.max_user_namespaces");
    policy.max_net_namespaces = read_number("user.max_net_namespaces");
    if (const auto value = read_number("kernel.apparmor_restrict_unprivileged_userns")) {
        policy.apparmor_restricts = *value != 0;
    }
    if (const auto value = read_number("kernel.unprivileged_userns_clone")) policy.unprivileged_allowed = *value != 0;
    return policy;
}

Capability no_private_network(int error, const NamespacePolicy& policy) {
    return {"private network",
            State::missing,
            refusal("entering a user and network namespace", error),
            "each run has a network of its own, so that it touches no setting of this machine and no packet leaves",
            allow_namespaces(error, policy),
            no_run};
}

Capability no_loopback(int error) {
    return {"loopback",
            State::missing,
            refusal("bringing lo up in the private network", error),
            "every connection of a run goes over lo",
            "in a container: docker run --cap-add NET_ADMIN",
            no_run};
}

Capability no_own_hash(const std::string& kernel) {
    return {"own connection table",
            State::limited,
            "the private network shares the machine's table of connections",
            "looking at every TIME_WAIT pair once a second is cheap in a small table only",
            on_kernel("6.1", kernel),
            "everything; each census costs up to 50 times the CPU"};
}

Capability no_socket_dump(int error) {
    return {"socket listing",
            State::missing,
            refusal("a sock_diag dump", error),
            "TIME_WAIT pairs and ports in use are counted with it",
            "sudo modprobe tcp_diag",
            no_run};
}

Capability no_destroy(int error, const std::string& kernel) {
    return {"ending TIME_WAIT",
            State::limited,
            refusal("SOCK_DESTROY of a TIME_WAIT pair", error),
            "host.timed_wait_delay is made real by ending pairs before the kernel's 60 s",
            on_kernel("6.0", kernel) + ", built with CONFIG_INET_DIAG_DESTROY",
            "every scenario with host.timed_wait_delay = \"natural\", which is 60 s"};
}

Capability no_port_window(int error, const std::string& kernel) {
    return {"port window",
            State::limited,
            refusal("IP_LOCAL_PORT_RANGE", error),
            "host.port_choice sequential and random choose each port through it, and host.port_window is one",
            on_kernel("6.3", kernel),
            "every scenario with host.port_choice = \"kernel\" or \"bound\", without host.port_window"};
}

Capability no_ipv6(int error) {
    return {"IPv6",
            State::limited,
            refusal("listening on an IPv6 address of lo", error),
            "server.address may be ::1 or an address of fd00::/64",
            "use a kernel built with CONFIG_IPV6 and boot it without ipv6.disable=1",
            "every scenario whose server.address is 127.x.y.z"};
}

Capability no_raw_socket(int error) {
    return {"raw socket",
            State::limited,
            refusal("a raw socket", error),
            "pairs are kept in TIME_WAIT beyond 60 s with it, and delayed duplicates are sent",
            "in a container: docker run --cap-add NET_RAW",
            "every scenario without lab.duplicates whose timed_wait_delay / time_scale is at most 60 s"};
}

Capability too_few_descriptors(std::uint64_t limit, std::uint64_t needed) {
    const std::uint64_t in_flight = limit > 64 ? (limit - 64) / 2 : 0;
    return {"descriptors",
            limit < 128 ? State::missing : State::limited,
            fmt::format("at most {} descriptors, {} needed", limit, needed),
            "both ends of each open connection are in this process",
            fmt::format("sudo prlimit --pid $$ --nofile={0}:{0}", needed),
            fmt::format("scenarios with load.in_flight up to {}", in_flight)};
}

Capability no_knob(const Knob& knob, const std::string& kernel) {
    return {knob.name,
            State::missing,
            "this kernel has no such setting",
            knob.decides,
            on_kernel(knob.since.c_str(), kernel),
            knob.without};
}

Capability refused_knob(const Knob& knob, int error) {
    return {knob.name,
            State::missing,
            fmt::format("refused the value \"{}\" with {}", knob.value, os::errno_name(error)),
            knob.decides,
            knob.remedy,
            knob.without};
}

Capability unheeded_knob(const Knob& knob, const std::string& found) {
    return {knob.name,    State::missing, fmt::format("shows \"{}\" after \"{}\" was set", found, knob.value),
            knob.decides, knob.remedy,    knob.without};
}

}  // namespace portdrought::lab
