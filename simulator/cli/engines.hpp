// The engines, by what a scenario says.
#pragma once

#include <memory>

#include "engine/engine.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::cli {

std::unique_ptr<engine::Engine> make_engine(scenario::Engine kind);

}  // namespace portdrought::cli
