#include "analysis/text/utf8.hpp"

#include <algorithm>

#include "core/utf8.hpp"

namespace portdrought::text {

std::size_t character_length(std::string_view text) {
    const auto character = core::first_character(text);
    const bool is_none = !character || character->code == 0xfffe || character->code == 0xffff;
    return is_none ? 0 : character->bytes;
}

std::string well_formed(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        result += length == 0 ? "?" : text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

}  // namespace portdrought::text
