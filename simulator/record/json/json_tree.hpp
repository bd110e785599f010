// A JSON text as a tree that says where it is when something does not fit: reading a member that is missing or of the
// wrong kind throws FormatError with file, path, what was found and what was expected. The parser (Boost.JSON) stays in
// json_tree.cpp; doubles are read by std::from_chars, because Boost's are up to one unit off in the last place.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/format_error.hpp"

namespace portdrought::record {

struct JsonParts;

struct JsonNode {
    enum class Kind : std::uint8_t { null, boolean, whole, negative, real, text, array, object };
    Kind kind = Kind::null;
    bool truth = false;
    std::uint64_t magnitude = 0;       // of a whole or negative number
    double number = 0;                 // of a real one
    std::unique_ptr<JsonParts> parts;  // of a text, array or object; most nodes are numbers, and stay small

    JsonNode() = default;
    explicit JsonNode(Kind of);
    JsonNode(JsonNode&&) noexcept;
    JsonNode& operator=(JsonNode&&) noexcept;
    ~JsonNode();
};

struct JsonParts {
    std::string text;
    std::vector<JsonNode> items;
    std::vector<std::pair<std::string, JsonNode>> members;
};

inline JsonNode::JsonNode(Kind of) : kind(of) {
    if (of >= Kind::text) parts = std::make_unique<JsonParts>();
}
inline JsonNode::JsonNode(JsonNode&&) noexcept = default;
inline JsonNode& JsonNode::operator=(JsonNode&&) noexcept = default;
inline JsonNode::~JsonNode() = default;

/// Parses one JSON text. Throws FormatError naming `name` when it is not JSON or ends too early.
JsonNode parse_json(std::string_view text, std::string_view name);

/// A node and its place, for messages. Holds no data: the tree must outlive it.
class JsonPlace {
public:
    JsonPlace(const JsonNode& node, std::string_view file) : node_(&node), file_(file) {}

    bool is_null() const { return node_->kind == JsonNode::Kind::null; }
    bool has(std::string_view key) const;

    JsonPlace at(std::string_view key) const;
    /// Absent when the member is missing or null.
    std::optional<JsonPlace> find(std::string_view key) const;
    std::optional<std::uint64_t> find_whole(std::string_view key) const;
    std::optional<double> find_number(std::string_view key) const;
    std::vector<JsonPlace> items() const;
    /// Members in the order of the file.
    std::vector<std::pair<std::string, JsonPlace>> members() const;

    /// The values of a list that may be long, null where absent; without a place for each.
    std::vector<std::optional<std::uint64_t>> wholes() const;
    std::vector<double> numbers() const;
    std::vector<std::optional<double>> numbers_or_null() const;

    bool truth() const;
    std::uint64_t whole() const;
    std::int64_t integer() const;
    double number() const;
    const std::string& text() const;

    [[noreturn]] void fail(const std::string& what) const;

private:
    JsonPlace(const JsonNode& node, std::string_view file, std::string path)
        : node_(&node), file_(file), path_(std::move(path)) {}
    const std::vector<JsonNode>& list() const;
    JsonPlace item(std::size_t index) const;
    const JsonNode* lookup(std::string_view key) const;
    std::string path_of(std::string_view key) const;
    [[noreturn]] void expected(const char* what) const;

    const JsonNode* node_;
    std::string_view file_;
    std::string path_;
};

}  // namespace portdrought::record
