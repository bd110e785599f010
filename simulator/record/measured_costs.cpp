#include "record/measured_costs.hpp"

#include <fmt/format.h>

#include "core/digest.hpp"
#include "os/atomic_file.hpp"
#include "record/json/json_tree.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::record {
namespace {

constexpr std::uint64_t most_ports = 65'536;

void check_schema(const JsonPlace& root) {
    const std::string expected = fmt::format("expected \"{}\"", costs_schema);
    const auto found = root.find("schema");
    if (!found) root.fail("is no file of measured costs: it names no schema; " + expected);
    if (found->text() != costs_schema)
        found->fail(
            fmt::format("\"{}\" is not the schema of costs that this version reads; {}", found->text(), expected));
}

core::Duration read_cost(const JsonPlace& place) {
    constexpr core::Duration longest = std::chrono::seconds{1};
    const std::uint64_t nanoseconds = place.whole();
    if (nanoseconds == 0 || nanoseconds > static_cast<std::uint64_t>(longest.count()))
        place.fail(fmt::format("is {}; expected nanoseconds, from 1 to {}", nanoseconds, longest.count()));
    return core::Duration{static_cast<std::int64_t>(nanoseconds)};
}

MeasuredCost read_measured(const JsonPlace& place) {
    const MeasuredCost cost{read_cost(place.at("ns")), read_cost(place.at("least_ns")), read_cost(place.at("most_ns"))};
    if (cost.value < cost.least || cost.value > cost.most)
        place.at("ns").fail("is not between least_ns and most_ns; the file is damaged");
    return cost;
}

std::uint32_t small(const JsonPlace& place) {
    const std::uint64_t number = place.whole();
    if (number > UINT32_MAX) place.fail(fmt::format("is {}; expected a number that is not so large", number));
    return static_cast<std::uint32_t>(number);
}

}  // namespace

bool is_plausible(core::Duration cost) { return cost > core::Duration{0} && cost <= std::chrono::seconds{1}; }

core::Costs MeasuredCosts::costs() const {
    core::Costs costs;
    for (std::size_t i = 0; i < cost_names.size(); ++i) costs.*cost_names[i].member = all[i].value;
    costs.cached_ports = cached_ports;
    return costs;
}

std::string MeasuredCosts::source(std::string_view file_name) const {
    return fmt::format("measured {} on Linux {} {}, {} fnv1a {:016x}", measured_at.substr(0, measured_at.find('T')),
                       kernel, machine, file_name, core::fnv1a(to_json(*this)));
}

std::string to_json(const MeasuredCosts& costs) {
    JsonWriter json;
    json.begin_object().member("schema", costs_schema);
    json.member("measured_at", costs.measured_at).member("tool_version", costs.tool_version);
    json.member("kernel", costs.kernel).member("machine", costs.machine).member("cpus", costs.cpus);
    json.member("runs", costs.runs).member("cached_ports", costs.cached_ports);
    json.key("costs").begin_object();
    for (std::size_t i = 0; i < cost_names.size(); ++i) {
        const MeasuredCost& cost = costs.all[i];
        json.key(cost_names[i].key).begin_object(JsonWriter::Layout::packed).member("ns", cost.value.count());
        json.member("least_ns", cost.least.count()).member("most_ns", cost.most.count()).end_object();
    }
    json.end_object().end_object();
    return json.take();
}

MeasuredCosts costs_from_json(std::string_view text, std::string_view name) {
    const JsonNode tree = parse_json(text, name);
    const JsonPlace root{tree, name};
    check_schema(root);
    MeasuredCosts costs;
    costs.measured_at = root.at("measured_at").text();
    costs.tool_version = root.at("tool_version").text();
    costs.kernel = root.at("kernel").text();
    costs.machine = root.at("machine").text();
    costs.cpus = small(root.at("cpus"));
    costs.runs = small(root.at("runs"));
    costs.cached_ports = root.at("cached_ports").whole();
    if (costs.cached_ports > most_ports)
        root.at("cached_ports").fail(fmt::format("is {}; expected at most {}", costs.cached_ports, most_ports));
    for (std::size_t i = 0; i < cost_names.size(); ++i)
        costs.all[i] = read_measured(root.at("costs").at(cost_names[i].key));
    return costs;
}

MeasuredCosts read_costs_file(const std::string& path) { return costs_from_json(os::read_whole_file(path), path); }

void write_atomically(const MeasuredCosts& costs, const std::string& path) {
    os::write_file_atomically(path, to_json(costs));
}

}  // namespace portdrought::record
