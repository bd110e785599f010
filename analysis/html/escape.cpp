#include "analysis/html/escape.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>

#include "core/utf8.hpp"

namespace portdrought::html {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

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
        const std::optional<core::Character> next = core::first_character(text.substr(at));
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
