#include "analysis/report/markdown_text.hpp"

#include <algorithm>
#include <cctype>

#include "analysis/text/utf8.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

constexpr std::string_view nothing_wide = "&#8203;";

std::string one_line(std::string_view text) {
    std::string line = text::well_formed(core::printable(text));
    std::ranges::replace(line, '\n', ' ');
    return line;
}

bool is_alphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Where GitHub sees a mention, an issue or an address, something stands in between that nobody sees.
bool begins_reference(std::string_view line, std::size_t at) {
    const std::string_view before = line.substr(0, at), after = line.substr(at);
    const bool meets_word = after.size() > 1 && is_alphanumeric(after[1]);
    const auto ends_with = [&](std::string_view word) {
        if (before.size() < word.size()) return false;
        return std::ranges::equal(before.substr(before.size() - word.size()), word, {},
                                  [](unsigned char c) { return std::tolower(c); });
    };
    switch (after.front()) {
        case '@':
        case '#': return meets_word;
        case '-': return meets_word && ends_with("gh");
        case ':': return after.starts_with("://") || ends_with("mailto") || ends_with("xmpp");
        case '.': return ends_with("www");
        default: return false;
    }
}

void append_entity(std::string& result, char c) {
    switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        default: result += c;
    }
}

}  // namespace

std::string markdown_text(std::string_view text) {
    constexpr std::string_view markup = "\\`*_[]|~$#";
    const std::string line = one_line(text);
    std::string result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (markup.find(line[i]) != markup.npos) result += '\\';
        append_entity(result, line[i]);
        if (begins_reference(line, i)) result += nothing_wide;
    }
    return result;
}

std::string markdown_code(std::string_view text) {
    constexpr std::string_view markup = "\\`*_[]|~$#:!";
    const std::string line = one_line(text);
    std::string result = "<code>";
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (markup.find(c) != markup.npos)
            result += "&#" + std::to_string(static_cast<int>(c)) + ';';
        else
            append_entity(result, c);
        if ((c == '@' || c == '.') && begins_reference(line, i)) result += nothing_wide;
    }
    return result + "</code>";
}

std::string markdown_block(std::string_view language, std::string_view text) {
    const std::string line = one_line(text);
    std::size_t longest = 2, run = 0;
    for (const char c : line) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + std::string{language} + '\n' + line + '\n' + fence + '\n';
}

}  // namespace portdrought::report
