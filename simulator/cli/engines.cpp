#include "cli/engines.hpp"

#include "kernel/kernel_engine.hpp"
#include "model/model_engine.hpp"

namespace portdrought::cli {

std::unique_ptr<engine::Engine> make_engine(scenario::Engine kind) {
    if (kind == scenario::Engine::model) return std::make_unique<model::ModelEngine>();
    return std::make_unique<kernel::KernelEngine>();
}

}  // namespace portdrought::cli
