// One point made by an engine and turned into a row; what pool, command line and cluster share. Any number of threads
// may use it at a time, each with an engine of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/engine.hpp"
#include "sweep/grid.hpp"

namespace portdrought::sweep {

/// The engines a program has, by what a scenario asks for.
struct Engines {
    std::function<std::unique_ptr<engine::Engine>(const scenario::Scenario&)> make;
    std::function<std::string(const scenario::Scenario&)> name;
    /// Whether runs may go on beside each other in one process, and give the same record each time: true for a model,
    /// false for the kernel, of which a machine has one.
    std::function<bool(const scenario::Scenario&)> is_model;
    /// Where a model has its costs from (ModelFacts::costs_source); empty where none are used. May throw.
    std::function<std::string(const scenario::Scenario&)> costs_source = [](const auto&) { return std::string{}; };
};

class Work {
public:
    /// All three must outlive it. The observer is asked from every thread.
    Work(const Grid& grid, const Engines& engines, const engine::Observer& observer)
        : grid_(grid), engines_(engines), observer_(observer) {}

    /// The row; absent where the run was stopped, since it measured something shorter. Passes on what an engine throws.
    std::optional<std::string> row(std::uint64_t point) const;

private:
    const Grid& grid_;
    const Engines& engines_;
    const engine::Observer& observer_;
};

}  // namespace portdrought::sweep
