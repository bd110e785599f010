// UTF-8 of unknown origin, character by character (RFC 3629). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace portdrought::core {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
};

/// The first of `text`, which is not empty; absent where its first byte begins none: overlong forms and surrogates are
/// none.
std::optional<Character> first_character(std::string_view text);

}  // namespace portdrought::core
