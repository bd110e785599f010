// An engine for tests of sweeps: figures that follow from the scenario and its seed alone, made in no time or after a
// pause that differs from point to point, so that points end in another order than they began.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "scenario/flat.hpp"
#include "sweep/work.hpp"

namespace portdrought::sweep {

/// FNV-1a over everything that defines the run.
inline std::uint64_t fingerprint(const scenario::Scenario& scenario) {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const auto& [key, text] : scenario::flatten(scenario))
        for (const char c : key + '=' + text + ';') hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

class FakeEngine final : public engine::Engine {
public:
    explicit FakeEngine(std::chrono::microseconds longest_pause) : longest_pause_(longest_pause) {}

    record::RunRecord run(const scenario::Scenario& scenario, std::uint32_t repetition,
                          const engine::Observer& observer) override {
        const std::uint64_t hash = fingerprint(scenario);
        record::RunRecord record;
        record.engine = "model";
        record.scenario = scenario;
        record.repetition = repetition;
        if (scenario.load.retries == 13) throw std::runtime_error("13 retries are bad luck");
        const auto until = std::chrono::steady_clock::now() + longest_pause_ * (hash % 8) / 7;
        while (std::chrono::steady_clock::now() < until) {
            if (observer.stop_requested()) record.interrupted = true;
            std::this_thread::sleep_for(std::chrono::microseconds{200});
        }
        record.totals.attempts = 1000 + hash % 1000;
        record.totals.outcomes[core::Outcome::ok] = 900 + hash % 100;
        record.totals.outcomes[core::Outcome::no_port_connect] =
            record.totals.attempts - record.totals.outcomes.total();
        record.totals.time_wait_peak = hash % 5000;
        record.totals.ports_min_free = hash % 7;
        record.totals.achieved_rate_per_s = static_cast<double>(hash % 100'000) / 7;
        if (hash % 2 == 0) record.totals.time_to_first_failure_s = static_cast<double>(hash % 1000) / 3;
        for (std::uint64_t i = 0; i < 5; ++i) record.connect.add(std::chrono::nanoseconds{hash % 100'000 + i});
        if (scenario.load.retries == 7) record.validity = {false, {"7 retries cannot be measured."}};
        return record;
    }

private:
    std::chrono::microseconds longest_pause_;
};

inline Engines fake_engines(std::chrono::microseconds longest_pause = std::chrono::microseconds{0}) {
    return {[=](const scenario::Scenario&) { return std::make_unique<FakeEngine>(longest_pause); },
            [](const scenario::Scenario&) { return "model"; }, [](const scenario::Scenario&) { return true; }};
}

}  // namespace portdrought::sweep
