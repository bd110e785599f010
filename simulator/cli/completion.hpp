// Completion scripts, made from option_table.hpp, the catalogue and the keys of scenarios. Pure.
#pragma once

#include <string>

namespace portdrought::cli {

/// For `source` in bash 4.4 or newer; needs no other package.
std::string bash_completion();
/// For a folder of zsh's fpath, as _portdrought.
std::string zsh_completion();
/// For fish 3, as portdrought.fish.
std::string fish_completion();

}  // namespace portdrought::cli
