#include "cli/engines.hpp"

#include "kernel/kernel_engine.hpp"
#include "model/model_engine.hpp"

namespace portdrought::cli {
namespace {

bool is_model(const scenario::Scenario& scenario) { return scenario.lab.engine == scenario::Engine::model; }

std::unique_ptr<engine::Engine> make(const scenario::Scenario& scenario) {
    if (is_model(scenario)) return std::make_unique<model::ModelEngine>();
    return std::make_unique<kernel::KernelEngine>();
}

}  // namespace

const sweep::Engines& engines() {
    static const sweep::Engines engines{
        make, [](const scenario::Scenario& scenario) { return is_model(scenario) ? "model" : "kernel"; }, is_model};
    return engines;
}

}  // namespace portdrought::cli
