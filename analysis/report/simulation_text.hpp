// What the laws predict beside what a simulation showed, for the scenario as it is and for those of its mitigations
// that were played. Only layout.
#pragma once

#include <string>

#include "analysis/knees/plan.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// A table below an empty line; empty where nothing was played.
std::string simulation_text(const knees::Plan& plan, const text::TextStyle& style);

}  // namespace portdrought::report
