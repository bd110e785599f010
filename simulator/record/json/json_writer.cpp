#include "record/json/json_writer.hpp"

#include <cassert>
#include <cmath>
#include <utility>

namespace portdrought::record {

JsonWriter& JsonWriter::open(char bracket, Layout layout) {
    separate();
    text_ += bracket;
    const bool inherited = !levels_.empty() && levels_.back().packed;
    levels_.push_back({inherited || layout == Layout::packed, true});
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    assert(!levels_.empty() && !after_key_);
    const Level level = levels_.back();
    levels_.pop_back();
    if (!level.packed && !level.empty) new_line();
    text_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    quote(text);
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number)) return null();
    char text[32];
    const double unsigned_zero = number + 0.0;  // -0 becomes 0, which reads back equal
    return raw({text, static_cast<std::size_t>(std::to_chars(text, text + sizeof text, unsigned_zero).ptr - text)});
}

JsonWriter& JsonWriter::raw(std::string_view text) {
    separate();
    text_ += text;
    return *this;
}

void JsonWriter::separate() {
    if (std::exchange(after_key_, false) || levels_.empty()) return;
    Level& level = levels_.back();
    if (!level.empty) text_ += level.packed ? ", " : ",";
    if (!level.packed) new_line();
    level.empty = false;
}

void JsonWriter::new_line() {
    text_ += '\n';
    text_.append(levels_.size() * 2, ' ');
}

void JsonWriter::quote(std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    text_ += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text_ += '\\';
            text_ += c;
        } else if (c == '\n') {
            text_ += "\\n";
        } else if (byte < 0x20) {
            text_ += "\\u00";
            text_ += digits[byte >> 4];
            text_ += digits[byte & 15];
        } else {
            text_ += c;
        }
    }
    text_ += '"';
}

std::string JsonWriter::take() {
    assert(levels_.empty());
    text_ += '\n';
    return std::exchange(text_, {});
}

}  // namespace portdrought::record
