#include "analysis/html/escape.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>

namespace portdrought::html {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

struct Character {
    char32_t code;
    std::size_t bytes;
};

/// How many bytes a character takes that begins so, and the bits of its first byte; 0 where none begins so.
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

/// The character at `at`; absent where the bytes are none (RFC 3629).
std::optional<Character> character(std::string_view text, std::size_t at) {
    const Lead lead = lead_of(static_cast<unsigned char>(text[at]));
    if (lead.bytes == 0 || at + lead.bytes > text.size()) return std::nullopt;
    char32_t code = lead.bits;
    for (std::size_t i = 1; i < lead.bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xc0U) != 0x80) return std::nullopt;
        code = code << 6U | (byte & 0x3fU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = code >= 0xd800 && code < 0xe000;
    if (code < least.at(lead.bytes) || is_surrogate || code > 0x10ffff) return std::nullopt;
    return Character{code, lead.bytes};
}

bool is_control(char32_t code) {
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0);
}

/// Bidirectional controls, and the separators that end a line of a script.
bool is_hidden(char32_t code) {
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

}  // namespace

std::string clean(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::optional<Character> next = character(text, at);
        if (!next || is_control(next->code))
            result += replacement;
        else if (is_hidden(next->code))
            result += fmt::format("⟨U+{:04X}⟩", static_cast<std::uint32_t>(next->code));
        else
            result += text.substr(at, next->bytes);
        at += next ? next->bytes : 1;
    }
    return result;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : clean(text)) switch (letter) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&#39;"; break;
            default: result += letter;
        }
    return result;
}

std::string for_script(std::string_view json) {
    std::string result;
    result.reserve(json.size());
    for (const char letter : json) switch (letter) {
            case '&': result += "\\u0026"; break;
            case '<': result += "\\u003c"; break;
            case '>': result += "\\u003e"; break;
            default: result += letter;
        }
    return result;
}

}  // namespace portdrought::html
