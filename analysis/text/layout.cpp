#include "analysis/text/layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace portdrought::text {
namespace {

constexpr std::array<std::string_view, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> replacements{{{"▁", "_"},
                                                                                      {"▂", "."},
                                                                                      {"▃", ":"},
                                                                                      {"▄", "-"},
                                                                                      {"▅", "="},
                                                                                      {"▆", "+"},
                                                                                      {"▇", "*"},
                                                                                      {"█", "#"},
                                                                                      {"…", "..."},
                                                                                      {"–", "-"},
                                                                                      {"×", "x"}}};

// A line must not begin with these: "97" and "%" belong together, and so do "33.3/s" and "x".
constexpr std::array<std::string_view, 13> bound{"%",  "s",     "ms", "us", "kB", "MB", "GB",
                                                 "TB", "bytes", "x",  "=",  "/",  "+"};

bool is_bound(std::string_view word) {
    while (!word.empty() && std::string_view{".,;:)]"}.find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    return std::ranges::find(bound, word) != bound.end();
}

/// Words with what must stay behind them on the same line.
std::vector<std::string> unbreakable(std::string_view text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" \n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (!words.empty() && is_bound(word))
            words.back().append(1, ' ').append(word);
        else
            words.emplace_back(word);
        at = end;
    }
    return words;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::size_t display_width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !continues(c); }));
}

std::string pad_right(std::string_view text, std::size_t width) {
    const std::size_t taken = display_width(text);
    return std::string{text} + std::string(width > taken ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
    const std::size_t taken = display_width(text);
    return std::string(width > taken ? width - taken : 0, ' ') + std::string{text};
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    for (std::string& word : unbreakable(text)) {
        if (!lines.empty() && display_width(lines.back()) + 1 + display_width(word) <= width)
            lines.back() += ' ' + word;
        else
            lines.push_back(std::move(word));
    }
    return lines;
}

std::string paragraph(std::string_view text, std::size_t indent, std::size_t total, std::string_view bullet) {
    const std::size_t hang = indent + display_width(bullet);
    std::string result;
    for (const std::string& line : wrap(text, total > hang ? total - hang : 1))
        result += (result.empty() ? std::string(indent, ' ').append(bullet) : std::string(hang, ' ')) + line + '\n';
    return result;
}

std::string entry(std::string_view label, std::size_t column, std::string_view text, std::size_t total) {
    const std::vector<std::string> lines = wrap(text, total > column ? total - column : 1);
    std::string result{label};
    if (lines.empty() || display_width(label) >= column) result += '\n';
    for (const std::string& line : lines) {
        result += std::string(result.ends_with('\n') ? column : column - display_width(label), ' ') + line + '\n';
    }
    return result;
}

std::vector<std::string> flow(const std::vector<std::string>& cells, std::size_t width) {
    std::vector<std::string> lines;
    for (const std::string& cell : cells) {
        if (!lines.empty() && display_width(lines.back()) + 3 + display_width(cell) <= width)
            lines.back() += "   " + cell;
        else
            for (std::string& line : wrap(cell, width)) lines.push_back(std::move(line));
    }
    return lines;
}

std::string sparkline(const std::vector<std::optional<double>>& values, double top) {
    std::string result;
    for (const auto& value : values) {
        if (!value) {
            result += ' ';
            continue;
        }
        // The full block means the top itself, so that "full" can be told from "nearly full".
        const double level = top > 0 ? std::floor(std::clamp(*value / top, 0.0, 1.0) * (blocks.size() - 1) + 1e-9) : 0;
        result += blocks[static_cast<std::size_t>(level)];
    }
    return result;
}

std::string marked(std::string_view text, Mark mark, const TextStyle& style) {
    if (!style.colour || text.empty()) return std::string{text};
    constexpr std::array codes{"\x1b[1m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[2m"};
    return codes[static_cast<std::size_t>(mark)] + std::string{text} + "\x1b[0m";
}

std::string heading(std::string_view title, std::string_view facts, const TextStyle& style) {
    constexpr std::string_view gap = "   ";
    std::string first = paragraph(title, 0, style.width);
    if (!first.empty()) first.pop_back();
    first = marked(first, Mark::bold, style);
    if (display_width(title) + gap.size() + display_width(facts) <= style.width)
        return first.append(gap).append(facts).append(1, '\n');
    return first + '\n' + paragraph(facts, 2, style.width);
}

std::string finish(std::string text, const TextStyle& style) {
    if (!style.ascii) return text;
    for (const auto& [from, to] : replacements)
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    std::string result;
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x80)
            result += c;
        else if (!continues(c))
            result += '?';
    return result;
}

}  // namespace portdrought::text
