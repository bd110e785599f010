#include "cli/engines.hpp"

#include <stdexcept>

#include "kernel/kernel_engine.hpp"

namespace portdrought::cli {

std::unique_ptr<engine::Engine> make_engine(scenario::Engine engine) {
    if (engine == scenario::Engine::kernel) return std::make_unique<kernel::KernelEngine>();
    throw std::runtime_error("this build has no model engine");
}

}  // namespace portdrought::cli
