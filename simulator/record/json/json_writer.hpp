// Writes JSON text piece by piece, in the order it is told. Numbers go through std::to_chars, so 0.1 stays 0.1 and
// equal values always give equal bytes. Knows nothing of records; never reads.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portdrought::record {

class JsonWriter {
public:
    /// lines: each member on a line of its own; inside an object or array that is `packed` everything is packed.
    enum class Layout : std::uint8_t { lines, packed };

    JsonWriter& begin_object(Layout layout = Layout::lines) { return open('{', layout); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array(Layout layout = Layout::packed) { return open('[', layout); }
    JsonWriter& end_array() { return close(']'); }

    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view{text}); }
    JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }
    /// A number that is not finite is unknown: null.
    JsonWriter& value(double number);
    JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
    template <std::integral T>
    JsonWriter& value(T number) {
        char text[24];
        return raw({text, static_cast<std::size_t>(std::to_chars(text, text + sizeof text, number).ptr - text)});
    }
    /// null where absent.
    template <class T>
    JsonWriter& value(const std::optional<T>& item) {
        return item ? value(*item) : null();
    }
    JsonWriter& null() { return raw("null"); }
    /// An object with a member per entry.
    template <class T>
    JsonWriter& value(const std::map<std::string, T>& entries) {
        begin_object();
        for (const auto& [name, entry] : entries) member(name, entry);
        return end_object();
    }

    template <class T>
    JsonWriter& member(std::string_view name, const T& item) {
        return key(name).value(item);
    }
    /// Left out where absent.
    template <class T>
    JsonWriter& member(std::string_view name, const std::optional<T>& item) {
        return item ? member(name, *item) : *this;
    }

    /// The finished text with a final newline; every object and array must be closed.
    std::string take();

private:
    struct Level {
        bool packed, empty;
    };

    JsonWriter& open(char bracket, Layout layout);
    JsonWriter& close(char bracket);
    JsonWriter& raw(std::string_view text);
    void separate();
    void new_line();
    void quote(std::string_view text);

    std::string text_;
    std::vector<Level> levels_;
    bool after_key_ = false;
};

}  // namespace portdrought::record
