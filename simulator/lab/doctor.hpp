// Can this machine host the lab? What is missing, why it matters, the command that allows it, what works without.
#pragma once

#include <vector>

#include "lab/capability.hpp"
#include "lab/examination.hpp"

namespace portdrought::lab {

/// Everything the lab needs, in the order it needs it. Pure.
std::vector<Capability> judge(const Examination& examination);

/// Tries this machine. The process must have one thread: what changes a process is tried in a child.
std::vector<Capability> examine();

/// The worst of all.
State overall(const std::vector<Capability>& capabilities);

}  // namespace portdrought::lab
