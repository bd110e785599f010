// The engines of this program, by what a scenario asks for.
#pragma once

#include "sweep/work.hpp"

namespace portdrought::cli {

const sweep::Engines& engines();

}  // namespace portdrought::cli
