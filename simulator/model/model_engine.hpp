// The model engine: plays a scenario against port tables on simulated time. Same load, cycles and counting as the
// kernel engine (core), no sockets; the same seed and costs give the same record, byte for byte. docs/model.md has its
// assumptions. May run in several threads at once, one engine each.
#pragma once

#include <string>

#include "core/costs.hpp"
#include "engine/engine.hpp"

namespace portdrought::model {

class ModelEngine final : public engine::Engine {
public:
    /// `costs_source` says in the record where the costs come from.
    explicit ModelEngine(const core::Costs& costs = {}, std::string costs_source = "built in")
        : costs_(costs), costs_source_(std::move(costs_source)) {}

    /// A stop request ends the run at its next look; the record is kept.
    record::RunRecord run(const scenario::Scenario& scenario, std::uint32_t repetition,
                          const engine::Observer& observer) override;

private:
    core::Costs costs_;
    std::string costs_source_;
};

}  // namespace portdrought::model
