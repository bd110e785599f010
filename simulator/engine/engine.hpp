// The seam between a scenario and a record: whatever can run one is an engine. Engines report progress and look for
// cancellation through Observer; they throw os::SystemError-like exceptions only where nothing could be measured.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "engine/progress.hpp"
#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::engine {

struct Observer {
    std::function<void(const Progress&)> progress = [](const Progress&) {};
    std::function<bool()> stop_requested = [] { return false; };
};

class Engine {
public:
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    virtual ~Engine() = default;

    /// Runs a valid scenario once. A stopped run still returns a record, marked interrupted.
    virtual record::RunRecord run(const scenario::Scenario& scenario, std::uint32_t repetition,
                                  const Observer& observer) = 0;
};

}  // namespace portdrought::engine
