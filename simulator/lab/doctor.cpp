#include "lab/doctor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

#include "os/system_error.hpp"

namespace portdrought::lab {

namespace {

Capability fine(std::string name, std::string detail) {
    Capability capability;
    capability.name = std::move(name);
    capability.detail = std::move(detail);
    return capability;
}

Capability untried(Capability capability) {
    capability.state = State::limited;
    capability.detail = "could not be tried without a private network";
    capability.remedy.clear();  // whether it lacks at all is not known
    return capability;
}

// `lacking` words an errno; it is asked with 0 for its name alone.
template <class Lacking>
Capability tried(const std::optional<int>& error, const char* found, Lacking&& lacking) {
    if (!error) return untried(lacking(0));
    return *error == 0 ? fine(lacking(0).name, found) : lacking(*error);
}

Capability cpus(const Examination& host) {
    Capability capability = fine("cpus", fmt::format("{} usable", host.cpus));
    if (host.cpus < 2) {
        capability.state = State::limited;
        capability.why = "the probe and a second worker run beside the first one";
        capability.remedy = "give this machine or container a second CPU";
        capability.without = "scenarios with load.workers = 1, at lower rates";
    }
    return capability;
}

Capability descriptors(const Examination& host) {
    const std::uint64_t needed = plan_for({}).descriptors;
    if (host.descriptor_limit < needed) return too_few_descriptors(host.descriptor_limit, needed);
    return fine("descriptors", fmt::format("up to {}, {} needed by a default scenario", host.descriptor_limit, needed));
}

Capability private_network(const Examination& host) {
    if (!host.private_network) {
        Capability capability = no_private_network(0, host.policy);
        capability.detail = "the attempt to enter one ended without an answer";
        return capability;
    }
    if (*host.private_network != 0) return no_private_network(*host.private_network, host.policy);
    return fine("private network", host.user_namespace ? "user and network namespace, without privilege"
                                                       : "network namespace by privilege; no user namespaces here");
}

Capability own_hash(const Examination& host) {
    if (host.own_hash) return fine("own connection table", fmt::format("{} slots", *host.own_hash));
    Capability capability = no_own_hash(host.kernel);
    return host.private_network == 0 ? capability : untried(capability);
}

Capability knob_capability(const Knob& knob, const Examination& host) {
    const auto found = host.knobs.find(knob.name);
    if (found == host.knobs.end()) return untried(no_knob(knob, host.kernel));
    if (found->second == 0) return fine(knob.name, "can be set");
    // ENOENT from the congestion control setting is an unknown algorithm, not a missing file.
    const bool is_absent = found->second == ENOENT && knob.name != "net.ipv4.tcp_congestion_control";
    Capability capability = is_absent ? no_knob(knob, host.kernel) : refused_knob(knob, found->second);
    const bool can_do_without = knob.dispensable || knob.name == "net.ipv4.tcp_congestion_control";
    if (can_do_without) capability.state = State::limited;
    return capability;
}

}  // namespace

std::vector<Capability> judge(const Examination& host) {
    std::vector<Capability> all{fine("kernel", fmt::format("Linux {} on {}", host.kernel, host.machine)),
                                cpus(host),
                                descriptors(host),
                                private_network(host),
                                own_hash(host),
                                tried(host.loopback, "lo is up in the private network", no_loopback),
                                tried(host.socket_dump, "sock_diag answers", no_socket_dump),
                                tried(host.destroy, "SOCK_DESTROY ended a TIME_WAIT pair",
                                      [&](int error) { return no_destroy(error, host.kernel); }),
                                tried(host.port_window, "IP_LOCAL_PORT_RANGE is heeded",
                                      [&](int error) { return no_port_window(error, host.kernel); }),
                                tried(host.ipv6, "listened on an IPv6 address added to lo", no_ipv6),
                                tried(host.raw_socket, "segments can be made by hand", no_raw_socket)};
    for (const Knob& knob : knobs_for(plan_for({}))) all.push_back(knob_capability(knob, host));
    return all;
}

std::vector<Capability> examine() { return judge(examine_machine()); }

State overall(const std::vector<Capability>& capabilities) {
    const auto worst = std::max_element(capabilities.begin(), capabilities.end(),
                                        [](const auto& a, const auto& b) { return a.state < b.state; });
    return worst == capabilities.end() ? State::ok : worst->state;
}

}  // namespace portdrought::lab
