#include "cli/live_line.hpp"

#include <algorithm>
#include <cmath>

#include "core/utf8.hpp"

namespace portdrought::cli {
namespace {

using text::TextStyle;

constexpr std::size_t gap = 2, least_bar = 6, most_bar = 30, brackets = 2;

/// The code point at `at`, which is moved behind it; a byte that is no text counts as itself.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto character = core::first_character(text.substr(at));
    const std::size_t begin = at;
    at += character ? character->bytes : 1;
    return character ? character->code : static_cast<unsigned char>(text[begin]);
}

std::size_t columns_of_one(char32_t code) {
    constexpr char32_t first_wide = 0x1100;
    const bool is_punctuation = code >= 0x2010 && code <= 0x2044, is_drawing = code >= 0x2500 && code <= 0x25FF;
    return code >= first_wide && !is_punctuation && !is_drawing ? 2 : 1;
}

/// As much of it as fits.
std::string cut(std::string_view text, std::size_t width) {
    std::size_t taken = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        taken += columns_of_one(next_code_point(text, at));
        if (taken > width) return std::string{text.substr(0, begin)};
    }
    return std::string{text};
}

std::size_t width_of(const LivePart& part) { return part.share ? least_bar + brackets : columns_of(part.text); }

std::size_t width_of(const std::vector<LivePart>& parts) {
    std::size_t width = 0;
    for (const LivePart& part : parts) width += (width == 0 ? 0 : gap) + width_of(part);
    return width;
}

std::string in_colour(const std::string& text, const std::optional<text::Mark>& mark, const TextStyle& style) {
    return mark ? text::marked(text, *mark, style) : text;
}

std::string bar(const LivePart& part, std::size_t columns, const TextStyle& style) {
    const double share = std::isfinite(*part.share) ? std::clamp(*part.share, 0.0, 1.0) : 0;
    const auto full = static_cast<std::size_t>(std::floor(share * static_cast<double>(columns) + 1e-9));
    std::string blocks, rest;
    for (std::size_t i = 0; i < full; ++i) blocks += style.ascii ? "#" : "█";
    for (std::size_t i = full; i < columns; ++i) rest += style.ascii ? "-" : "░";
    return '[' + in_colour(blocks, part.mark, style) + rest + ']';
}

/// Takes `excess` columns off its end, if enough of it stays to be told.
bool shortened(LivePart& part, std::size_t excess, const TextStyle& style) {
    constexpr std::size_t least = 10;
    const std::size_t columns = columns_of(part.text);
    if (!part.shortens || columns < excess + least) return false;
    part.text = cut(part.text, columns - excess - 1) + (style.ascii ? "~" : "…");
    return true;
}

/// Those that fit; the last one of all stays even if it does not.
void drop_least(std::vector<LivePart>& parts, const TextStyle& style) {
    while (parts.size() > 1 && width_of(parts) > style.width) {
        const auto least = std::ranges::max_element(parts, {}, &LivePart::rank);
        if (shortened(*least, width_of(parts) - style.width, style)) return;
        parts.erase(least);
    }
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) columns += columns_of_one(next_code_point(text, at));
    return columns;
}

std::string live_line(std::vector<LivePart> parts, const TextStyle& style) {
    std::erase_if(parts, [](const LivePart& part) { return part.text.empty() && !part.share; });
    for (LivePart& part : parts) part.text = text::finish(std::move(part.text), style);
    drop_least(parts, style);
    const std::size_t taken = width_of(parts);
    if (taken > style.width) return parts.front().share ? "" : cut(parts.front().text, style.width);
    const std::size_t columns = std::min(least_bar + style.width - taken, most_bar);
    std::string line;
    for (const LivePart& part : parts)
        line += std::string(line.empty() ? 0 : gap, ' ') +
                (part.share ? bar(part, columns, style) : in_colour(part.text, part.mark, style));
    return line;
}

}  // namespace portdrought::cli
