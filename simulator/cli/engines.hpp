// Which engine plays a scenario: the one place that knows them all.
#pragma once

#include <memory>

#include "engine/engine.hpp"

namespace portdrought::cli {

std::unique_ptr<engine::Engine> make_engine(scenario::Engine engine);

}  // namespace portdrought::cli
