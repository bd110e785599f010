// Takes the text of kernel tables apart without copying it.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portdrought::probe {

/// The first line of `text`, which is cut off it.
inline std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

/// The first word of `line`, cut off with the blanks around it; empty at the end.
inline std::string_view take_word(std::string_view& line) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) return line = {};
    const std::size_t end = line.find(' ', begin);
    const std::string_view word = line.substr(begin, end == std::string_view::npos ? end : end - begin);
    const std::size_t next = end == std::string_view::npos ? end : line.find_first_not_of(' ', end);
    line.remove_prefix(next == std::string_view::npos ? line.size() : next);
    return word;
}

/// nullopt unless all of `word` is a whole number of at least zero.
inline std::optional<std::uint64_t> to_number(std::string_view word) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || word.empty()) return std::nullopt;
    return value;
}

}  // namespace portdrought::probe
