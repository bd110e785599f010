#include "analysis/report/spark.hpp"

#include <algorithm>

#include "analysis/compare/comparison.hpp"

namespace portdrought::report {
namespace {

constexpr std::size_t indent = 2, gap = 3;

std::vector<std::optional<double>> columns_of(const Trace& trace, std::size_t columns) {
    std::vector<std::optional<double>> result(columns);
    for (const Point& point : trace.points) {
        if (point.t_s > trace.end_s) break;
        const double place = point.t_s / trace.end_s * static_cast<double>(columns);
        auto& column = result[std::min(static_cast<std::size_t>(std::max(place, 0.0)), columns - 1)];
        column = std::max(column.value_or(0), point.value);
    }
    for (std::size_t i = 1; i < columns; ++i)
        if (!result[i]) result[i] = result[i - 1];
    return result;
}

using Records = std::vector<const record::RunRecord*>;

const record::RunRecord* median_run(Records runs) {
    std::erase_if(runs, [](const auto* run) { return !run->validity.valid || run->interrupted; });
    if (runs.empty()) return nullptr;
    std::ranges::stable_sort(runs, {}, [](const auto* run) { return run->totals.time_wait_peak.value_or(0); });
    return runs[(runs.size() - 1) / 2];
}

std::string name_of(const VariantTrace& trace) { return trace.variant.empty() ? "(as written)" : trace.variant; }

}  // namespace

std::string spark(const Trace& trace, std::size_t columns) {
    return text::sparkline(columns_of(trace, columns), trace.top);
}

std::vector<VariantTrace> variant_traces(const Records& records) {
    std::vector<std::pair<std::string, Records>> variants;
    const auto is_of_another = [&](const record::RunRecord* record) {
        return record->scenario.name != records.front()->scenario.name;
    };
    const bool several_scenarios = std::ranges::any_of(records, is_of_another);
    for (const record::RunRecord* record : records) {
        const std::string name = compare::label_of(*record, several_scenarios);
        auto found = std::ranges::find(variants, name, &std::pair<std::string, Records>::first);
        if (found == variants.end()) found = variants.insert(found, {name, {}});
        found->second.push_back(record);
    }
    std::vector<VariantTrace> result;
    for (const auto& [name, runs] : variants)
        if (const record::RunRecord* run = median_run(runs))
            if (auto trace = trace_to_compare(*run)) result.push_back({name, std::move(*trace)});
    return result;
}

std::string traces_text(const std::vector<VariantTrace>& traces, std::size_t width) {
    constexpr std::size_t least = 16, most = 60;
    std::size_t names = 0, captions = 0;
    for (const VariantTrace& each : traces) {
        names = std::max(names, text::display_width(name_of(each)));
        captions = std::max(captions, text::display_width(each.trace.caption));
    }
    const std::size_t taken = indent + names + gap + 2 + captions;
    if (traces.empty() || taken + least > width) return {};
    const std::size_t columns = std::min(width - taken, most);
    std::string result;
    for (const VariantTrace& each : traces)
        result += std::string(indent, ' ') + text::pad_right(name_of(each), names + gap) + spark(each.trace, columns) +
                  "  " + each.trace.caption + '\n';
    return result + '\n' +
           text::paragraph("TIME_WAIT over the run whose peak is the median; a full block is what stands beside it.",
                           indent, std::min(width, text::prose_width));
}

}  // namespace portdrought::report
