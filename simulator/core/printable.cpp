#include "core/printable.hpp"

#include <algorithm>
#include <array>

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

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
};

/// The first of `text`, which is not empty. A byte that begins no whole character stands for itself, and is shown as
/// one that is not ASCII.
Character first_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    constexpr char32_t none = 0xfffd;
    if (byte(0) < 0x80) return {byte(0), 1};
    const std::size_t bytes = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : byte(0) >= 0xc0 ? 2 : 1;
    if (bytes == 1 || bytes > text.size()) return {none, 1};
    char32_t code = byte(0) & (0xffU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return {none, 1};
        code = code << 6U | (byte(i) & 0x3fU);
    }
    // A longer form than needed is one that nobody writes in earnest: its first byte is no character to show.
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    return code < least.at(bytes) ? Character{0, 1} : Character{code, bytes};
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_of(text);
        if (is_invisible(character.code))
            result += '?';
        else
            result += text.substr(0, character.bytes);
        text.remove_prefix(character.bytes);
    }
    return result;
}

}  // namespace portdrought::core
