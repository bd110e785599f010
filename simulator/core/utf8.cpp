#include "core/utf8.hpp"

#include <array>

namespace portdrought::core {
namespace {

/// How many bytes a character takes that begins so, and its bits in the first byte; 0 where none begins so.
struct Lead {
    std::size_t bytes;
    char32_t bits;
};

Lead lead_of(unsigned char byte) {
    if (byte < 0x80) return {1, byte};
    if (byte >= 0xc2 && byte < 0xe0) return {2, byte & 0x1fU};
    if (byte >= 0xe0 && byte < 0xf0) return {3, byte & 0x0fU};
    if (byte >= 0xf0 && byte < 0xf5) return {4, byte & 0x07U};
    return {0, 0};
}

}  // namespace

std::optional<Character> first_character(std::string_view text) {
    const Lead lead = lead_of(static_cast<unsigned char>(text[0]));
    if (lead.bytes == 0 || lead.bytes > text.size()) return std::nullopt;
    char32_t code = lead.bits;
    for (const char byte : text.substr(1, lead.bytes - 1)) {
        if ((static_cast<unsigned char>(byte) & 0xc0U) != 0x80U) return std::nullopt;
        code = code << 6U | (static_cast<unsigned char>(byte) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = code >= 0xd800 && code < 0xe000;
    if (code < least.at(lead.bytes) || is_surrogate || code > 0x10ffff) return std::nullopt;
    return Character{code, lead.bytes};
}

}  // namespace portdrought::core
