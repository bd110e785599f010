#include "cli/engines.hpp"

#include <mutex>

#include "cli/costs_choice.hpp"
#include "kernel/kernel_engine.hpp"
#include "model/model_engine.hpp"

namespace portdrought::cli {
namespace {

bool is_model(const scenario::Scenario& scenario) { return scenario.lab.engine == scenario::Engine::model; }

/// Read once, by whichever thread comes first, so that all runs of a command have the same.
class CostsInUse {
public:
    explicit CostsInUse(std::optional<std::string> option) : option_(std::move(option)) {}

    const ChosenCosts& get() {
        const std::scoped_lock lock(mutex_);
        if (!chosen_) chosen_ = choose_costs(option_);
        return *chosen_;
    }

private:
    std::optional<std::string> option_;
    std::mutex mutex_;
    std::optional<ChosenCosts> chosen_;
};

}  // namespace

sweep::Engines engines(const CommandLine& line) {
    const auto costs = std::make_shared<CostsInUse>(line.costs);
    const auto make = [costs](const scenario::Scenario& scenario) -> std::unique_ptr<engine::Engine> {
        if (!is_model(scenario)) return std::make_unique<kernel::KernelEngine>();
        const ChosenCosts& chosen = costs->get();
        return std::make_unique<model::ModelEngine>(chosen.costs, chosen.source);
    };
    return {make, [](const scenario::Scenario& scenario) { return is_model(scenario) ? "model" : "kernel"; }, is_model,
            [costs](const scenario::Scenario& scenario) { return is_model(scenario) ? costs->get().source : ""; }};
}

}  // namespace portdrought::cli
