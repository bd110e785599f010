// Network interfaces of the current namespace. A fresh one has only `lo`, and that is down.
#pragma once

#include <string>

namespace portdrought::os {

/// Throws SystemError naming the interface.
void bring_up(const std::string& interface);
bool is_up(const std::string& interface);

}  // namespace portdrought::os
