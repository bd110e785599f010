#include "lab/knobs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace portdrought::lab {

namespace {

constexpr const char* nothing_runs = "list, show, plan, report and diagnose";
constexpr const char* own_network = "give this process CAP_NET_ADMIN in its network namespace (run without a sandbox)";

// The kernel shows ip_local_reserved_ports in rising order with neighbours joined.
core::PortSet normalised(core::PortSet set) {
    std::sort(set.begin(), set.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    core::PortSet joined;
    for (const core::PortRange& range : set) {
        if (joined.empty() || range.first > joined.back().last + 1) {
            joined.push_back(range);
        } else {
            joined.back().last = std::max(joined.back().last, range.last);
        }
    }
    return joined;
}

Knob plain(const char* name, std::string value, const char* decides) {
    return {name, std::move(value), decides, "4.15", own_network, nothing_runs, false};
}

Knob reuse_delay(const LabPlan& plan) {
    Knob knob = plain("net.ipv4.tcp_tw_reuse_delay", std::to_string(plan.tw_reuse_delay.count()),
                      "the age at which tw_reuse takes a TIME_WAIT port again");
    knob.since = "6.14";
    knob.without = "every scenario whose host.tw_reuse_delay is the kernel's own 1 s, uncompressed";
    knob.dispensable = plan.tw_reuse_delay == kernel_tw_reuse_delay;
    return knob;
}

Knob autobind_reuse(const LabPlan& plan) {
    Knob knob = plain("net.ipv4.ip_autobind_reuse", plan.autobind_reuse ? "1" : "0",
                      "whether bind(address, 0) may share a port under SO_REUSEADDR");
    knob.since = "5.7";
    knob.without = "every scenario with host.autobind_reuse = false";
    knob.dispensable = !plan.autobind_reuse;
    return knob;
}

Knob congestion(const LabPlan& plan) {
    Knob knob = plain("net.ipv4.tcp_congestion_control", plan.congestion_control,
                      "how fast bytes travel once connected; ports do not depend on it");
    // A namespace may choose only what the host lists in tcp_allowed_congestion_control.
    knob.remedy = fmt::format(
        "sudo modprobe tcp_{0}; sudo sysctl -w net.ipv4.tcp_allowed_congestion_control=\"$(sysctl -n "
        "net.ipv4.tcp_allowed_congestion_control) {0}\"",
        plan.congestion_control);
    knob.without = "the same scenario with --set host.congestion_control=reno, which every kernel allows";
    return knob;
}

}  // namespace

std::vector<Knob> knobs_for(const LabPlan& plan) {
    return {
        plain("net.ipv4.ip_local_port_range", fmt::format("{} {}", plan.ports.first, plan.ports.last),
              "which ports connect() may choose from"),
        plain("net.ipv4.ip_local_reserved_ports", core::to_string(normalised(plan.reserved_ports)),
              "which ports connect() leaves out"),
        plain("net.ipv4.tcp_tw_reuse", std::to_string(static_cast<int>(plan.tw_reuse)),
              "whether connect() takes a port over from TIME_WAIT; a fresh namespace does on loopback"),
        reuse_delay(plan),
        plain("net.ipv4.tcp_timestamps", plan.timestamps ? "1" : "0", "whether tw_reuse can work at all"),
        plain("net.ipv4.tcp_max_tw_buckets", std::to_string(plan.max_tw_buckets),
              "how many TIME_WAIT pairs the kernel keeps before it drops them"),
        plain("net.ipv4.tcp_fin_timeout", std::to_string(plan.fin_timeout.count()),
              "how long an orphan stays in FIN_WAIT_2"),
        plain("net.ipv4.tcp_rfc1337", plan.rfc1337 ? "1" : "0", "whether an RST ends TIME_WAIT"),
        autobind_reuse(plan),
        congestion(plan),
    };
}

}  // namespace portdrought::lab
