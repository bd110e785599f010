// Small scenarios for tests on the real kernel: the 1000-port class range, where exhaustion takes milliseconds.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>

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

/// 0 where the kernel has no such counter.
inline std::uint64_t counter(const record::RunRecord& record, const std::string& name) {
    const auto found = record.counters.find(name);
    return found == record.counters.end() ? 0 : found->second;
}

inline void expect_all_ok(const record::RunRecord& record, std::uint64_t attempts = 1600) {
    EXPECT_EQ(record.totals.attempts, attempts);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], attempts);
    EXPECT_EQ(record.totals.outcomes.total(), attempts);
    EXPECT_EQ(record.totals.time_to_first_failure_s, std::nullopt);
}

/// What thousand_ports() comes to where nothing helps: each port once.
inline void expect_exhausted(const record::RunRecord& record) {
    EXPECT_EQ(record.totals.attempts, 1600U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::no_port_connect], 600U);
    EXPECT_EQ(record.totals.errors, (std::map<std::string, std::uint64_t>{{"connect/EADDRNOTAVAIL", 600}}));
    EXPECT_EQ(record.totals.time_wait_peak, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_EQ(record.totals.ports_min_free, 0U);
    EXPECT_EQ(record.totals.ports_capacity, 1000U);
    EXPECT_NEAR(record.totals.time_to_first_failure_s.value_or(-1), 1.25, 0.02);
}

}  // namespace portdrought::kernel
