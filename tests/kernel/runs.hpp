// Small scenarios for tests on the real kernel: the 1000-port class range, where exhaustion takes milliseconds.
#pragma once

#include <functional>

#include "kernel/kernel_engine.hpp"

namespace portdrought::kernel {

/// 1000 ports, 800 connections/s for 2 s, nothing reused: 1600 attempts, of which 1000 find a port.
inline scenario::Scenario thousand_ports() {
    scenario::Scenario scenario;
    scenario.name = "thousand-ports";
    scenario.load.rate = core::Rate{800};
    scenario.load.duration = std::chrono::seconds{2};
    scenario.host.ports = {20000, 20999};
    return scenario;
}

inline record::RunRecord run(const scenario::Scenario& scenario) {
    KernelEngine engine;
    return engine.run(scenario, 1, engine::Observer{});
}

inline record::RunRecord run_thousand(const std::function<void(scenario::Scenario&)>& change) {
    scenario::Scenario scenario = thousand_ports();
    change(scenario);
    return run(scenario);
}

}  // namespace portdrought::kernel
