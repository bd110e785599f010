// The kernel engine: runs a scenario against the real TCP stack, each run in a child process and a private network
// namespace of its own, so that no run inherits TIME-WAIT and a killed one leaves nothing behind. The calling process
// must be single-threaded. The record travels back through a pipe (see run_process.hpp for the child's side).
#pragma once

#include "engine/engine.hpp"

namespace portdrought::kernel {

class KernelEngine final : public engine::Engine {
public:
    /// Throws os::EnvironmentError when this machine cannot host the run, std::runtime_error when its process died.
    /// A stop request ends the run within about 50 ms; its record is kept.
    record::RunRecord run(const scenario::Scenario& scenario, std::uint32_t repetition,
                          const engine::Observer& observer) override;
};

}  // namespace portdrought::kernel
