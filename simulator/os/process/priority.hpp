// How much this process insists on its share of the CPU.
#pragma once

namespace portdrought::os {

/// From now on everything else goes first (nice 10).
void give_way();

}  // namespace portdrought::os
