#include "scenario/printer.hpp"

#include <algorithm>

#include "core/printable.hpp"
#include "scenario/keys/key_table.hpp"

namespace portdrought::scenario {
namespace {

constexpr const char* hex = "0123456789ABCDEF";

std::string escaped(char letter) {
    switch (letter) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\n': return "\\n";
        case '\t': return "\\t";
        default: break;
    }
    if (static_cast<unsigned char>(letter) >= 0x20 && letter != 0x7f) return {letter};
    return std::string{"\\u00"} + hex[(letter >> 4) & 7] + hex[letter & 15];
}

std::size_t bytes_of_first(std::string_view text) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U) ++bytes;
    return bytes;
}

/// Of one character in two to four bytes of UTF-8: as it is, or by its number where a terminal would obey or hide it.
std::string escaped(std::string_view character) {
    if (core::printable(character) != "?") return std::string{character};
    char32_t code = static_cast<unsigned char>(character.front()) & (0xffU >> (character.size() + 1));
    for (const char byte : character.substr(1)) code = code << 6U | (static_cast<unsigned char>(byte) & 0x3fU);
    std::string digits;
    for (int shift = 28; shift >= 0; shift -= 4) digits += hex[(code >> shift) & 15U];
    return "\\U" + digits;
}

std::string toml_string(std::string_view text) {
    std::string quoted = "\"";
    while (!text.empty()) {
        const std::size_t bytes = bytes_of_first(text);
        quoted += bytes == 1 ? escaped(text.front()) : escaped(text.substr(0, bytes));
        text.remove_prefix(bytes);
    }
    return quoted + '"';
}

std::string toml_list(std::string_view lines) {
    std::string list = "[";
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        list += "\n    " + toml_string(lines.substr(0, end)) + ',';
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return list + (list.size() > 1 ? "\n]" : "]");
}

std::string section_of(const std::string& key) {
    const std::size_t dot = key.find('.');
    return dot == std::string::npos ? "" : key.substr(0, dot);
}

bool all_agree(const Key& key, const std::vector<Scenario>& variants) {
    return std::ranges::all_of(variants,
                               [&](const Scenario& one) { return key.print(one) == key.print(variants.front()); });
}

std::string base_of(const Scenario& scenario) {
    std::string text, section;
    for (const Key& key : key_table()) {
        const std::string here = section_of(key.name);
        if (here != section) text += "\n[" + here + "]\n";
        section = here;
        text += key.name.substr(here.empty() ? 0 : here.size() + 1) + " = " + toml_value(key, scenario) + '\n';
    }
    return text;
}

}  // namespace

std::string toml_value(const Key& key, const Scenario& scenario) {
    const std::string text = key.print(scenario);
    switch (key.form) {
        case Form::text: return toml_string(text);
        case Form::list: return toml_list(text);
        case Form::whole_or_text:
            return std::isdigit(static_cast<unsigned char>(text.front())) ? text : toml_string(text);
        case Form::whole:
        case Form::number:
        case Form::boolean: break;
    }
    return text;
}

std::string to_toml(const std::vector<Scenario>& variants, const std::vector<Expectation>& expectations) {
    if (variants.empty()) return "";
    std::string text = base_of(variants.front());
    for (const Scenario& variant : variants) {
        if (variant.variant.empty()) continue;
        text += "\n[[variant]]\nname = " + toml_string(variant.variant) + '\n';
        for (const Key& key : key_table()) {
            if (key.name != "name" && !all_agree(key, variants))
                text += key.name + " = " + toml_value(key, variant) + '\n';
        }
    }
    for (const Expectation& expectation : expectations) {
        text += "\n[[expect]]\nthat = " + toml_string(expectation.that) + '\n';
        if (!expectation.variant.empty()) text += "variant = " + toml_string(expectation.variant) + '\n';
    }
    return text;
}

}  // namespace portdrought::scenario
