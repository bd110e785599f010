#include "core/printable.hpp"

#include <algorithm>
#include <array>

#include "core/utf8.hpp"

namespace portdrought::core {
namespace {

/// Both ends belong to it.
struct CharacterRange {
    char32_t first, last;
};

/// What a terminal obeys or leaves out instead of showing it: control characters, marks and embeddings of the writing
/// direction, line separators, joiners without width, tags (Unicode 15, categories Cc, Cf, Zl and Zp).
constexpr std::array invisible{
    CharacterRange{0x00, 0x09},       CharacterRange{0x0b, 0x1f},       CharacterRange{0x7f, 0x9f},
    CharacterRange{0xad, 0xad},       CharacterRange{0x34f, 0x34f},     CharacterRange{0x61c, 0x61c},
    CharacterRange{0x115f, 0x1160},   CharacterRange{0x17b4, 0x17b5},   CharacterRange{0x180b, 0x180f},
    CharacterRange{0x200b, 0x200f},   CharacterRange{0x2028, 0x202e},   CharacterRange{0x2060, 0x206f},
    CharacterRange{0x3164, 0x3164},   CharacterRange{0xfeff, 0xfeff},   CharacterRange{0xffa0, 0xffa0},
    CharacterRange{0xfff9, 0xfffb},   CharacterRange{0x1bca0, 0x1bca3}, CharacterRange{0x1d173, 0x1d17a},
    CharacterRange{0xe0000, 0xe0fff},
};

bool is_invisible(char32_t character) {
    return std::ranges::any_of(
        invisible, [=](const CharacterRange& range) { return range.first <= character && character <= range.last; });
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto character = first_character(text);
        const std::size_t bytes = character ? character->bytes : 1;  // a byte that is no text stands for itself
        if (character && is_invisible(character->code))
            result += '?';
        else
            result += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return result;
}

}  // namespace portdrought::core
