// Laying out text for a terminal: width, wrapping, tables, sparklines, colours. Widths count code points; text is UTF-8
// and becomes ASCII only at the very end (finish). Knows nothing of records.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portdrought::text {

struct TextStyle {
    std::size_t width = 80;
    bool colour = false;  // ANSI escapes; they only mark what words already say
    bool ascii = false;   // no character outside ASCII
};

/// Prose is not set wider than this, however wide the terminal is.
inline constexpr std::size_t prose_width = 100;

std::size_t display_width(std::string_view text);
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

/// Breaks at blanks, but not between a number and its unit; a word longer than `width` stays whole.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// Every line of wrap() behind `indent` blanks, each ended by a newline; `total` includes the indent. `bullet` stands
/// before the first line, the others are moved in as far.
std::string paragraph(std::string_view text, std::size_t indent, std::size_t total, std::string_view bullet = {});

/// `text` wrapped in a column that begins at `column`, behind `label`, or below it where the label is longer; each line
/// ended by a newline.
std::string entry(std::string_view label, std::size_t column, std::string_view text, std::size_t total);

/// `cells` beside each other, three blanks apart, on as many lines as `width` needs.
std::vector<std::string> flow(const std::vector<std::string>& cells, std::size_t width);

/// One character per value, from 0 to `top`; a blank where absent.
std::string sparkline(const std::vector<std::optional<double>>& values, double top);

enum class Mark { bold, bad, good, faint };
/// `text` in its colour, or as it is without colours.
std::string marked(std::string_view text, Mark mark, const TextStyle& style);

/// `title`, bold, and `facts` behind it, or below it where both do not fit beside each other; each wrapped.
std::string heading(std::string_view title, std::string_view facts, const TextStyle& style);

/// Replaces what ASCII cannot show, where the style asks for ASCII.
std::string finish(std::string text, const TextStyle& style);

}  // namespace portdrought::text
