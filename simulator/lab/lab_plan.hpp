// What a scenario asks of the machine, in real time: a plain value, made without touching the machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/address.hpp"
#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::lab {

/// Linux: net.ipv4.tcp_tw_reuse_delay, fixed before 6.14.
inline constexpr std::chrono::milliseconds kernel_tw_reuse_delay{1000};

struct LabPlan {
    core::PortRange ports;
    core::PortSet reserved_ports;
    scenario::TwReuse tw_reuse = scenario::TwReuse::off;
    std::chrono::milliseconds tw_reuse_delay = kernel_tw_reuse_delay;  // at least 1 ms
    bool timestamps = true;
    std::uint32_t max_tw_buckets = 200'000;
    std::chrono::seconds fin_timeout{60};  // at least 1 s: the kernel's step
    bool rfc1337 = false;                  // also where TIME-WAIT is kept beyond the kernel's 60 s, which needs it
    bool autobind_reuse = false;
    std::string congestion_control = "reno";
    std::uint32_t established_hash = 16'384;  // slots, a power of two
    std::uint64_t descriptors = 576;
    bool needs_sock_destroy = false;  // an enforced TIME-WAIT length, or a relay
    bool needs_port_window = false;   // ports chosen one by one without bind(), a window, or trials with duplicates
    bool needs_raw_socket = false;    // TIME-WAIT kept beyond the kernel's 60 s, or trials with delayed duplicates
    bool needs_ipv6 = false;
    std::vector<core::Address> addresses;  // to be added to lo
};

/// `scenario` is valid and in scenario time; lab.time_scale is applied here.
LabPlan plan_for(const scenario::Scenario& scenario);

}  // namespace portdrought::lab
