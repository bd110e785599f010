#include "record/json/json_tree.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>

#include "core/printable.hpp"

namespace portdrought::record {
namespace {

namespace json = boost::json;
using Kind = JsonNode::Kind;

/// Takes the parser's events and builds the tree. Strings and numbers may arrive in parts.
struct TreeBuilder {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Error = json::error_code;
    using View = json::string_view;

    std::vector<JsonNode> open;  // the chain of objects and arrays under construction
    std::vector<std::string> keys;
    std::string part;
    JsonNode root;

    bool add(JsonNode node) {
        if (open.empty()) {
            root = std::move(node);
        } else if (open.back().kind == Kind::array) {
            open.back().parts->items.push_back(std::move(node));
        } else {
            open.back().parts->members.emplace_back(std::move(keys.back()), std::move(node));
            keys.pop_back();
        }
        return true;
    }
    bool begin(Kind kind) {
        open.emplace_back(kind);
        return true;
    }
    bool end() {
        JsonNode node = std::move(open.back());
        open.pop_back();
        return add(std::move(node));
    }
    bool collect(View text) {
        part.append(text.data(), text.size());
        return true;
    }
    std::string collected(View text) {
        collect(text);
        return std::exchange(part, {});
    }
    bool add_integer(bool negative, std::uint64_t magnitude) {
        part.clear();
        JsonNode node(negative ? Kind::negative : Kind::whole);
        node.magnitude = magnitude;
        return add(std::move(node));
    }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_array_begin(Error&) { return begin(Kind::array); }
    bool on_array_end(std::size_t, Error&) { return end(); }
    bool on_object_begin(Error&) { return begin(Kind::object); }
    bool on_object_end(std::size_t, Error&) { return end(); }
    bool on_key_part(View text, std::size_t, Error&) { return collect(text); }
    bool on_key(View text, std::size_t, Error&) {
        keys.push_back(core::printable(collected(text)));
        return true;
    }
    bool on_string_part(View text, std::size_t, Error&) { return collect(text); }
    bool on_string(View text, std::size_t, Error&) {
        JsonNode node(Kind::text);
        node.parts->text = core::printable(collected(text));
        return add(std::move(node));
    }
    bool on_number_part(View text, Error&) { return collect(text); }
    bool on_int64(std::int64_t number, View, Error&) {
        const auto bits = static_cast<std::uint64_t>(number);
        return add_integer(number < 0, number < 0 ? 0 - bits : bits);
    }
    bool on_uint64(std::uint64_t number, View, Error&) { return add_integer(false, number); }
    bool on_double(double rough, View text, Error&) {
        JsonNode node(Kind::real);
        node.number = rough;
        collect(text);
        std::from_chars(part.data(), part.data() + part.size(), node.number);
        part.clear();
        return add(std::move(node));
    }
    bool on_bool(bool truth, Error&) {
        JsonNode node(Kind::boolean);
        node.truth = truth;
        return add(std::move(node));
    }
    bool on_null(Error&) { return add({}); }
    bool on_comment_part(View, Error&) { return true; }
    bool on_comment(View, Error&) { return true; }
};

std::string line_of(std::string_view text, std::size_t offset) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

}  // namespace

JsonNode parse_json(std::string_view text, std::string_view name) {
    json::parse_options options;
    options.allow_invalid_utf8 = true;  // a scenario's title may hold what the command line gave
    json::basic_parser<TreeBuilder> parser(options);
    json::error_code error;
    std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && text.substr(read).find_first_not_of(" \t\r\n") != std::string_view::npos)
        error = json::make_error_code(json::error::extra_data);
    // A number cut off after its point or exponent is reported as bad syntax at the end, not as incomplete.
    if (error == json::error::incomplete || (error == json::error::syntax && read >= text.size()))
        throw FormatError(std::string{name} + ": ends in the middle, at line " + line_of(text, text.size()) +
                          ": the file was cut short; use a complete copy or run again");
    if (error)
        throw FormatError(std::string{name} + ':' + line_of(text, read) + ": is not JSON (" + error.message() +
                          "); expected a run record");
    return std::move(parser.handler().root);
}

}  // namespace portdrought::record
