#include "cli/engines.hpp"

#include "kernel/kernel_engine.hpp"

namespace portdrought::cli {

const sweep::Engines& engines() {
    static const sweep::Engines engines{
        [](const scenario::Scenario&) { return std::make_unique<kernel::KernelEngine>(); },
        [](const scenario::Scenario&) { return "kernel"; },
        [](const scenario::Scenario&) { return false; },
    };
    return engines;
}

}  // namespace portdrought::cli
