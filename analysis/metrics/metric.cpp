#include "analysis/metrics/metric.hpp"

#include <algorithm>

#include "analysis/metrics/families.hpp"
#include "analysis/metrics/table.hpp"
#include "scenario/keys/nearest.hpp"

namespace portdrought::metrics {
namespace {

constexpr std::string_view other_name = "time_to_exhaustion", table_name = "time_to_first_failure_s";

const Row* row_of(std::string_view name) {
    const std::string_view wanted = name == other_name ? table_name : name;
    const auto found = std::ranges::find_if(table(), [&](const Row& row) { return row.metric.name == wanted; });
    return found == table().end() ? nullptr : &*found;
}

}  // namespace

const std::vector<Metric>& all() {
    static const std::vector<Metric> metrics = [] {
        std::vector<Metric> result;
        for (const Row& row : table()) result.push_back(row.metric);
        return result;
    }();
    return metrics;
}

std::optional<Metric> find(std::string_view name) {
    if (const Row* row = row_of(name)) return row->metric;
    return find_in_families(name);
}

std::optional<double> value(const record::RunRecord& record, std::string_view name) {
    if (const Row* row = row_of(name)) return row->value(record);
    return find_in_families(name) ? value_in_families(record, name) : std::nullopt;
}

std::string_view name(Unit unit) {
    switch (unit) {
        case Unit::count: return "count";
        case Unit::share: return "share";
        case Unit::seconds: return "s";
        case Unit::microseconds: return "us";
        case Unit::per_second: return "/s";
        case Unit::bytes: return "bytes";
    }
    return "";
}

std::string_view name(Better better) {
    switch (better) {
        case Better::higher: return "higher";
        case Better::lower: return "lower";
        case Better::neither: return "–";
    }
    return "";
}

std::optional<std::string> nearest(std::string_view name) {
    if (const auto near = nearest_in_families(name)) return near;
    std::vector<std::string> known;
    for (const Row& row : table()) known.push_back(row.metric.name);
    known.emplace_back(other_name);
    const auto near = scenario::nearest(name, known, 1);
    return near.empty() ? std::nullopt : std::optional{near.front()};
}

}  // namespace portdrought::metrics
