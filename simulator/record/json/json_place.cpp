#include <cmath>
#include <limits>

#include "record/json/json_tree.hpp"

namespace portdrought::record {
namespace {

using Kind = JsonNode::Kind;

std::string found(const JsonNode& node) {
    switch (node.kind) {
        case Kind::null: return "is null";
        case Kind::boolean: return node.truth ? "is true" : "is false";
        case Kind::whole: return "is " + std::to_string(node.magnitude);
        case Kind::negative: return "is -" + std::to_string(node.magnitude);
        case Kind::real: return "is " + std::to_string(node.number);
        case Kind::text: return "is the text \"" + node.parts->text.substr(0, 40) + '"';
        case Kind::array: return "is a list";
        case Kind::object: return "is an object";
    }
    return "is unreadable";
}

}  // namespace

void JsonPlace::fail(const std::string& what) const {
    throw FormatError(std::string{file_} + ": " + (path_.empty() ? "" : path_ + ": ") + what);
}

void JsonPlace::expected(const char* what) const { fail(found(*node_) + "; expected " + what); }

const JsonNode* JsonPlace::lookup(std::string_view key) const {
    if (node_->kind != Kind::object) expected("an object");
    for (const auto& [name, node] : node_->parts->members)
        if (name == key) return &node;
    return nullptr;
}

std::string JsonPlace::path_of(std::string_view key) const {
    return path_.empty() ? std::string{key} : path_ + '.' + std::string{key};
}

bool JsonPlace::has(std::string_view key) const { return lookup(key) != nullptr; }

JsonPlace JsonPlace::at(std::string_view key) const {
    const JsonNode* node = lookup(key);
    if (node == nullptr) {
        static const JsonNode nothing;
        JsonPlace{nothing, file_, path_of(key)}.fail("is missing; the file is damaged or not a run record");
    }
    return {*node, file_, path_of(key)};
}

std::optional<JsonPlace> JsonPlace::find(std::string_view key) const {
    const JsonNode* node = lookup(key);
    if (node == nullptr || node->kind == Kind::null) return std::nullopt;
    return JsonPlace{*node, file_, path_of(key)};
}

std::optional<std::uint64_t> JsonPlace::find_whole(std::string_view key) const {
    const auto found = find(key);
    return found ? std::optional{found->whole()} : std::nullopt;
}

std::optional<double> JsonPlace::find_number(std::string_view key) const {
    const auto found = find(key);
    return found ? std::optional{found->number()} : std::nullopt;
}

std::vector<JsonPlace> JsonPlace::items() const {
    std::vector<JsonPlace> result;
    result.reserve(list().size());
    for (std::size_t i = 0; i < list().size(); ++i) result.push_back(item(i));
    return result;
}

const std::vector<JsonNode>& JsonPlace::list() const {
    if (node_->kind != Kind::array) expected("a list");
    return node_->parts->items;
}

JsonPlace JsonPlace::item(std::size_t index) const {
    return {list()[index], file_, path_ + '[' + std::to_string(index) + ']'};
}

std::vector<std::optional<std::uint64_t>> JsonPlace::wholes() const {
    std::vector<std::optional<std::uint64_t>> result;
    result.reserve(list().size());
    for (const JsonNode& node : list()) {
        if (node.kind == Kind::whole)
            result.emplace_back(node.magnitude);
        else if (node.kind == Kind::null)
            result.emplace_back();
        else
            item(result.size()).expected("a whole number, 0 or more");
    }
    return result;
}

std::vector<double> JsonPlace::numbers() const {
    std::vector<double> result;
    result.reserve(list().size());
    for (const JsonNode& node : list())
        result.push_back(node.kind == Kind::real ? node.number : item(result.size()).number());
    return result;
}

std::vector<std::optional<double>> JsonPlace::numbers_or_null() const {
    std::vector<std::optional<double>> result;
    result.reserve(list().size());
    for (const JsonNode& node : list()) {
        if (node.kind == Kind::null)
            result.emplace_back();
        else
            result.emplace_back(node.kind == Kind::real ? node.number : item(result.size()).number());
    }
    return result;
}

std::vector<std::pair<std::string, JsonPlace>> JsonPlace::members() const {
    if (node_->kind != Kind::object) expected("an object");
    std::vector<std::pair<std::string, JsonPlace>> result;
    result.reserve(node_->parts->members.size());
    for (const auto& [name, node] : node_->parts->members)
        result.emplace_back(name, JsonPlace{node, file_, path_of(name)});
    return result;
}

bool JsonPlace::truth() const {
    if (node_->kind != Kind::boolean) expected("true or false");
    return node_->truth;
}

std::uint64_t JsonPlace::whole() const {
    if (node_->kind != Kind::whole) expected("a whole number, 0 or more");
    return node_->magnitude;
}

std::int64_t JsonPlace::integer() const {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if ((node_->kind != Kind::whole && node_->kind != Kind::negative) || node_->magnitude > most)
        expected("a whole number of at most 63 bits");
    const auto magnitude = static_cast<std::int64_t>(node_->magnitude);
    return node_->kind == Kind::negative ? -magnitude : magnitude;
}

double JsonPlace::number() const {
    switch (node_->kind) {
        case Kind::real: return node_->number;
        case Kind::whole: return static_cast<double>(node_->magnitude);
        case Kind::negative: return -static_cast<double>(node_->magnitude);
        default: expected("a number");
    }
}

const std::string& JsonPlace::text() const {
    if (node_->kind != Kind::text) expected("text in quotes");
    return node_->parts->text;
}

}  // namespace portdrought::record
