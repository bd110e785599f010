// Small scenarios for the model: the 1000-port class range at 800 connections/s, as tests/kernel has it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "model/model_engine.hpp"

namespace portdrought::model {

/// 1000 ports, 800 connections/s for 4 s, nothing reused: 3200 attempts, of which 1000 find a port.
inline scenario::Scenario thousand_ports() {
    scenario::Scenario scenario;
    scenario.name = "thousand-ports";
    scenario.load.rate = core::Rate{800};
    scenario.load.duration = std::chrono::seconds{4};
    scenario.host.ports = {20000, 20999};
    scenario.lab.engine = scenario::Engine::model;
    return scenario;
}

inline scenario::Scenario ten_ports() {
    scenario::Scenario scenario;
    scenario.host.ports = {20000, 20009};
    return scenario;
}

inline record::RunRecord run(const scenario::Scenario& scenario, const engine::Observer& observer = {}) {
    return ModelEngine().run(scenario, 1, observer);
}

inline record::RunRecord run_thousand(const std::function<void(scenario::Scenario&)>& change) {
    scenario::Scenario scenario = thousand_ports();
    change(scenario);
    return run(scenario);
}

inline std::uint64_t outcome(const record::RunRecord& record, core::Outcome outcome) {
    return record.totals.outcomes[outcome];
}

inline void expect_all_ok(const record::RunRecord& record, std::uint64_t attempts = 3200) {
    EXPECT_EQ(record.totals.attempts, attempts);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], attempts);
    EXPECT_EQ(record.totals.outcomes.total(), attempts);
    EXPECT_EQ(record.totals.time_to_first_failure_s, std::nullopt);
    EXPECT_TRUE(record.validity.valid) << record.validity.notes.front();
}

/// What thousand_ports() comes to where nothing helps: each port once.
inline void expect_exhausted(const record::RunRecord& record) {
    using Errors = std::map<std::string, std::uint64_t>;
    EXPECT_EQ(record.totals.attempts, 3200U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 1000U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::no_port_connect], 2200U);
    EXPECT_EQ(record.totals.errors, (Errors{{"connect/EADDRNOTAVAIL", 2200}}));
    EXPECT_EQ(record.totals.time_wait_peak, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_client, 1000U);
    EXPECT_EQ(record.totals.time_wait_peak_server, 0U);
    EXPECT_EQ(record.totals.ports_min_free, 0U);
    EXPECT_EQ(record.totals.ports_capacity, 1000U);
    EXPECT_DOUBLE_EQ(record.totals.time_to_first_failure_s.value_or(-1), 1.25);
    EXPECT_EQ(record.counters.at("TcpExt.TW"), 1000U);
    EXPECT_TRUE(record.validity.valid) << record.validity.notes.front();
}

}  // namespace portdrought::model
