#include "cli/shell_word.hpp"

#include <algorithm>

namespace portdrought::cli {
namespace {

bool is_plain(char c) {
    constexpr std::string_view also = "_@%+=:,./-";
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), is_digit = c >= '0' && c <= '9';
    return is_letter || is_digit || also.find(c) != std::string_view::npos;
}

}  // namespace

std::string single_quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'')
            result += "'\\''";
        else
            result += c;
    }
    return result + '\'';
}

std::string shell_word(std::string_view word) {
    if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string{word};
    // A "!" would be looked up in the history of an interactive shell even inside double quotes.
    if (word.find('!') != std::string_view::npos) return single_quoted(word);
    std::string result = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\' || c == '$' || c == '`') result += '\\';
        result += c;
    }
    return result + '"';
}

}  // namespace portdrought::cli
