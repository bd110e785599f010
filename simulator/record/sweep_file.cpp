#include "record/sweep_file.hpp"

#include <algorithm>
#include <charconv>

#include "os/atomic_file.hpp"
#include "record/json/json_tree.hpp"
#include "record/json/json_writer.hpp"
#include "record/totals_json.hpp"

namespace portdrought::record {
namespace {

constexpr auto packed = JsonWriter::Layout::packed;
constexpr auto lines = JsonWriter::Layout::lines;
constexpr std::uint64_t most_points = 100'000'000;  // of a file that somebody damaged

std::string without_newline(std::string text) {
    text.pop_back();
    return text;
}

void write_pairs(JsonWriter& json, std::string_view name, const scenario::Pairs& pairs, JsonWriter::Layout layout) {
    json.key(name).begin_object(layout);
    for (const auto& [key, text] : pairs) json.member(key, text);
    json.end_object();
}

void write_axes(JsonWriter& json, const std::vector<SweepAxis>& axes) {
    json.key("axes").begin_array(lines);
    for (const SweepAxis& axis : axes) {
        json.begin_object(packed).member("key", axis.key).key("values").begin_array();
        for (const std::string& value : axis.values) json.value(value);
        json.end_array().end_object();
    }
    json.end_array();
}

/// Everything before the rows: the same for a file that is complete and one that grows.
std::string beginning(const SweepResult& result) {
    constexpr std::string_view after = "]\n}\n";  // closes what is still to be filled
    JsonWriter json;
    json.begin_object();
    json.member("schema", sweep_schema);
    json.member("tool_version", result.header.tool_version);
    json.member("git_revision", result.header.git_revision);
    json.member("engine", result.header.engine);
    if (!result.header.costs.empty()) json.member("costs", result.header.costs);
    if (result.shard.count > 1)
        json.member("shard", std::to_string(result.shard.index) + '/' + std::to_string(result.shard.count));
    json.member("points", result.header.points());
    write_axes(json, result.header.axes);
    write_pairs(json, "scenario", result.header.scenario, lines);
    json.key("rows").begin_array().end_array().end_object();
    std::string text = json.take();
    text.resize(text.size() - after.size());
    return text;
}

void write_node(JsonWriter& json, const JsonNode& node) {
    using Kind = JsonNode::Kind;
    switch (node.kind) {
        case Kind::null: json.null(); return;
        case Kind::boolean: json.value(node.truth); return;
        case Kind::whole: json.value(node.magnitude); return;
        case Kind::negative: json.value(static_cast<std::int64_t>(0 - node.magnitude)); return;
        case Kind::real: json.value(node.number); return;
        case Kind::text: json.value(node.parts->text); return;
        case Kind::array:
            json.begin_array();
            for (const JsonNode& item : node.parts->items) write_node(json, item);
            json.end_array();
            return;
        case Kind::object:
            json.begin_object(packed);
            for (const auto& [key, member] : node.parts->members) write_node(json.key(key), member);
            json.end_object();
            return;
    }
}

std::string in_one_line(const JsonNode& node) {
    JsonWriter json;
    write_node(json, node);
    return without_newline(json.take());
}

SweepRow row_at(const JsonPlace& place) {
    SweepRow row;
    row.point = place.at("point").whole();
    row.valid = place.at("valid").truth();
    for (const JsonPlace& note : place.at("notes").items()) row.notes.push_back(note.text());
    const JsonPlace totals = place.at("totals");
    row.attempts = totals.at("attempts").whole();
    row.ok = totals.at("outcomes").at("ok").whole();
    row.time_to_first_failure_s = totals.find_number("time_to_first_failure_s");
    row.achieved_rate_per_s = totals.find_number("achieved_rate_per_s");
    row.sustained_rate_per_s = totals.find_number("sustained_rate_per_s");
    row.time_wait_peak = totals.at("time_wait").find_whole("peak");
    row.ports_min_free = totals.at("ports").find_whole("min_free");
    return row;
}

void check_schema(const JsonPlace& root) {
    const std::string expected = std::string{"expected \""} + sweep_schema + '"';
    const auto found = root.find("schema");
    if (!found) root.fail("is no file of a sweep: it names no schema; " + expected);
    if (found->text() != sweep_schema)
        found->fail('"' + found->text() + "\" is not the schema of a sweep that this version reads; " + expected);
}

Shard read_shard(const JsonPlace& place) {
    const std::string& text = place.text();
    Shard shard;
    const char* end = text.data() + text.size();
    const auto index = std::from_chars(text.data(), end, shard.index);
    const bool has_slash = index.ec == std::errc{} && index.ptr != end && *index.ptr == '/';
    const auto count = has_slash ? std::from_chars(index.ptr + 1, end, shard.count) : index;
    if (!has_slash || count.ec != std::errc{} || count.ptr != end || shard.index < 1 || shard.index > shard.count)
        place.fail('"' + text + "\" is no shard; expected such as \"1/4\"");
    return shard;
}

SweepAxis read_axis(const JsonPlace& place) {
    SweepAxis axis{place.at("key").text(), {}};
    for (const JsonPlace& value : place.at("values").items()) axis.values.push_back(value.text());
    if (axis.values.empty()) place.at("values").fail("is empty; expected at least one value");
    return axis;
}

SweepHeader read_header(const JsonPlace& root) {
    SweepHeader header;
    header.tool_version = root.at("tool_version").text();
    header.git_revision = root.at("git_revision").text();
    header.engine = root.at("engine").text();
    if (const auto costs = root.find("costs")) header.costs = costs->text();
    std::uint64_t points = 1;
    for (const JsonPlace& axis : root.at("axes").items()) {
        header.axes.push_back(read_axis(axis));
        points *= header.axes.back().values.size();
        if (points > most_points) axis.fail("makes too many points for a sweep");
    }
    for (const auto& [key, value] : root.at("scenario").members()) header.scenario.emplace_back(key, value.text());
    return header;
}

/// The list of rows as nodes, beside the places for messages.
const std::vector<JsonNode>& row_nodes(const JsonNode& tree) {
    const auto& members = tree.parts->members;
    return std::ranges::find(members, "rows", [](const auto& member) { return member.first; })->second.parts->items;
}

}  // namespace

std::string sweep_row(std::uint64_t point, const scenario::Pairs& settings, const RunRecord& record) {
    JsonWriter json;
    json.begin_object(packed).member("point", point);
    write_pairs(json, "settings", settings, packed);
    json.member("valid", record.validity.valid).key("notes").begin_array();
    for (const std::string& note : record.validity.notes) json.value(note);
    json.end_array();
    write_totals(json.key("totals"), record);
    write_pool(json, record);
    write_duplicates(json, record);
    json.end_object();
    return without_newline(json.take());
}

SweepRow read_sweep_row(std::string_view text, std::string_view name) {
    const JsonNode tree = parse_json(text, name);
    return row_at({tree, name});
}

std::string further_row(std::string_view row, bool is_first) {
    std::string text = is_first ? "\n    " : ",\n    ";
    return text += row;
}

std::string to_json(const SweepResult& result) {
    std::string text = beginning(result);
    for (const auto& [point, row] : result.rows) text += further_row(row, point == result.rows.begin()->first);
    return text += sweep_ending;
}

SweepResult sweep_from_json(std::string_view text, std::string_view name) {
    const JsonNode tree = parse_json(text, name);
    const JsonPlace root{tree, name};
    check_schema(root);
    SweepResult result;
    result.header = read_header(root);
    if (const auto shard = root.find("shard")) result.shard = read_shard(*shard);
    const auto places = root.at("rows").items();
    const auto& nodes = row_nodes(tree);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::uint64_t point = row_at(places[i]).point;
        if (point >= result.header.points() || !result.shard.holds(point))
            places[i].at("point").fail(std::to_string(point) + " is no point of this shard");
        if (!result.rows.emplace(point, in_one_line(nodes[i])).second)
            places[i].at("point").fail(std::to_string(point) + " is there twice");
    }
    return result;
}

SweepResult read_sweep_file(const std::string& path) { return sweep_from_json(os::read_whole_file(path), path); }

}  // namespace portdrought::record
