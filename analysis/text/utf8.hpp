// UTF-8 of unknown origin, character by character. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portdrought::text {

/// Bytes of the character at the start of `text`, which is not empty; 0 where there is none, or one that is for no
/// interchange (U+FFFE, U+FFFF).
std::size_t character_length(std::string_view text);

/// Each byte that belongs to no character as '?'.
std::string well_formed(std::string_view text);

}  // namespace portdrought::text
